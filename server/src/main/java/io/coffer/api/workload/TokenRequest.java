package io.coffer.api.workload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.google.errorprone.annotations.CompileTimeConstant;
import com.linecorp.armeria.common.QueryParams;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A token exchange as it is asked for, RFC 8693: a form or an object of JSON, whatever its
 * Content-Type says, since clients send one under the name of the other. It does not print.
 */
record TokenRequest(String accountId, String subjectToken) {
  static final int BODY_BYTES_MAX = 64 << 10;

  static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

  private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
  private static final Set<String> SUBJECT_TYPES =
      Set.of("urn:ietf:params:oauth:token-type:id_token", "urn:ietf:params:oauth:token-type:jwt");
  private static final Set<String> NAMES =
      Set.of(
          "grant_type",
          "requested_token_type",
          "audience",
          "subject_token",
          "subject_token_type",
          "actor_token");
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** What is wrong with a request, in OAuth's words. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    private final String error;

    Malformed(@CompileTimeConstant String error, @CompileTimeConstant String description) {
      super(description, null, false, false);
      this.error = error;
    }

    String error() {
      return error;
    }
  }

  static TokenRequest read(byte[] body) throws Malformed {
    if (body.length > BODY_BYTES_MAX) {
      throw invalid("the body must have at most 65536 bytes");
    }
    Map<String, String> sent = isObject(body) ? json(body) : form(body);
    String grant = required(sent, "grant_type", "grant_type is required");
    if (!grant.equals(EXCHANGE)) {
      throw new Malformed(
          "unsupported_grant_type",
          "grant_type must be urn:ietf:params:oauth:grant-type:token-exchange");
    }
    if (!sent.getOrDefault("requested_token_type", ACCESS_TOKEN).equals(ACCESS_TOKEN)) {
      throw invalid("requested_token_type must be urn:ietf:params:oauth:token-type:access_token");
    }
    String account =
        required(sent, "audience", "audience is required: the id of a service account");
    String token = required(sent, "subject_token", "subject_token is required");
    String type = required(sent, "subject_token_type", "subject_token_type is required");
    if (!SUBJECT_TYPES.contains(type)) {
      throw invalid(
          "subject_token_type must be urn:ietf:params:oauth:token-type:id_token, or :jwt");
    }
    if (sent.containsKey("actor_token")) {
      throw invalid("actor_token is not supported");
    }
    return new TokenRequest(account, token);
  }

  private static String required(
      Map<String, String> sent, String name, @CompileTimeConstant String otherwise)
      throws Malformed {
    String value = sent.get(name);
    if (value == null) {
      throw invalid(otherwise);
    }
    return value;
  }

  private static boolean isObject(byte[] body) {
    for (byte character : body) {
      if (character > ' ') {
        return character == '{';
      }
    }
    return false;
  }

  private static Map<String, String> form(byte[] body) throws Malformed {
    QueryParams form =
        QueryParams.fromQueryString(new String(body, StandardCharsets.UTF_8).strip());
    Map<String, String> sent = new HashMap<>();
    for (String name : NAMES) {
      if (form.getAll(name).size() > 1) {
        throw invalid("no parameter may be there twice");
      }
      put(sent, name, form.get(name, ""));
    }
    return sent;
  }

  private static Map<String, String> json(byte[] body) throws Malformed {
    Map<String, String> sent = new HashMap<>();
    try (JsonParser in = JSON.createParser(body)) {
      in.nextToken();
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String name = in.currentName();
        JsonToken kind = in.nextToken();
        if (!NAMES.contains(name) || kind == JsonToken.VALUE_NULL) {
          in.skipChildren();
        } else if (kind == JsonToken.VALUE_STRING) {
          put(sent, name, in.getText());
        } else {
          throw invalid("every parameter must be text");
        }
      }
      if (in.currentToken() != JsonToken.END_OBJECT || in.nextToken() != null) {
        throw invalid("the body must be a form or an object of JSON");
      }
      return sent;
    } catch (IOException quotesTheBody) {
      throw invalid("the body must be a form or an object of JSON");
    }
  }

  /** What is empty was not sent. */
  private static void put(Map<String, String> sent, String name, String value) {
    if (!value.isEmpty()) {
      sent.put(name, value);
    }
  }

  private static Malformed invalid(@CompileTimeConstant String description) {
    return new Malformed("invalid_request", description);
  }

  @Override
  public String toString() {
    return "TokenRequest[redacted]";
  }
}
