package io.coffer.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;

/** An authorized key as a client reads it from its file, and the login a client does with it. */
public record AuthorizedKey(String id, String accountId, PrivateKey key) {
  public static final String AUDIENCE = "https://iam.api.cloud.yandex.net/iam/v1/tokens";

  private static String account(Map<String, String> members) {
    return members.getOrDefault("service_account_id", members.getOrDefault("user_account_id", ""));
  }

  public static AuthorizedKey read(Path file) {
    Map<String, String> members = new HashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
          members.put(parser.currentName(), parser.getText());
        }
      }
      String pem = members.getOrDefault("private_key", "");
      String base64 =
          pem.substring(pem.indexOf("-----BEGIN PRIVATE KEY-----"))
              .replaceAll("-----[A-Z ]+-----|\\s", "");
      PrivateKey key =
          KeyFactory.getInstance("RSA")
              .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
      return new AuthorizedKey(members.getOrDefault("id", ""), account(members), key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("not a key file", e);
    }
  }

  /** A JWT that every SDK would make of this key now. */
  public String jwt() {
    Instant now = Instant.now();
    return jwt(AUDIENCE, now, now.plus(Duration.ofHours(1)));
  }

  public String jwt(String audience, Instant issued, Instant expires) {
    try {
      SignedJWT jwt =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.PS256).keyID(id).build(),
              new JWTClaimsSet.Builder()
                  .issuer(accountId)
                  .audience(audience)
                  .issueTime(Date.from(issued))
                  .expirationTime(Date.from(expires))
                  .build());
      jwt.sign(new RSASSASigner(key));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /** An IAM token. */
  public String login(Rest rest) {
    Answer answer = rest.post("/iam/v1/tokens", "", "{\"jwt\":\"" + jwt() + "\"}");
    String token = answer.member("iamToken");
    if (answer.status() != 200 || token.isEmpty()) {
      throw new AssertionError("no login: " + answer);
    }
    return token;
  }
}
