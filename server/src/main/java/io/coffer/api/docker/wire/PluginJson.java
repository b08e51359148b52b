package io.coffer.api.docker.wire;

import io.coffer.SecretBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What is said to plugins and what they answer, read as an engine reads it: member names in any
 * case, unknown ones ignored. What does not fit is a {@link DockerError}, whose text must not be
 * passed on: it may quote the answer.
 */
public final class PluginJson {
  private PluginJson() {}

  /** Of {@code SecretProvider.GetSecret}: what a secret is without a service that asks for it. */
  public static byte[] getSecret(String secretName, SortedMap<String, String> labels) {
    JsonWriter json = new JsonWriter(256);
    json.raw("{\"SecretName\":").string(secretName);
    if (!labels.isEmpty()) {
      json.raw(",\"SecretLabels\":").map(labels);
    }
    return json.raw("}").line();
  }

  /** The protocols that the answer to {@code Plugin.Activate} names. */
  public static List<String> implemented(byte[] body) {
    List<String> protocols = new ArrayList<>();
    JsonCursor cursor = members(body, "plugins.Manifest");
    while (cursor.more()) {
      if (cursor.name().names("IMPLEMENTS")) {
        protocols.clear();
        elements(cursor, protocols);
      } else {
        cursor.skip();
      }
    }
    return protocols;
  }

  private static void elements(JsonCursor cursor, List<String> into) {
    JsonKind kind = cursor.peek();
    switch (kind) {
      case ARRAY -> {
        cursor.enter();
        while (cursor.more()) {
          into.add(DriverReader.text(cursor, "Manifest.Implements", ""));
        }
      }
      case NULL -> cursor.skip();
      case OBJECT, STRING, NUMBER, BOOL ->
          throw JsonErrors.fieldType(kind.word(), "Manifest.Implements", "[]string");
    }
  }

  /** The answer to {@code SecretProvider.GetSecret} in {@code body}, which the caller wipes. */
  public static PluginAnswer answer(byte[] body) {
    boolean failed = false;
    boolean doNotReuse = false;
    try (DataField value = new DataField(GoBase64.Reading.AS_ENGINES)) {
      JsonCursor cursor = members(body, "drivers.SecretsProviderResponse");
      while (cursor.more()) {
        JsonString member = cursor.name();
        if (member.names("VALUE")) {
          value(cursor, value);
        } else if (member.names("ERR")) {
          failed = !DriverReader.text(cursor, "Err", "").isEmpty();
        } else if (member.names("DONOTREUSE")) {
          doNotReuse = flag(cursor);
        } else {
          cursor.skip();
        }
      }
      return answer(value, failed, doNotReuse);
    }
  }

  /**
   * Where a plugin is, by the {@code .json} file that says so.
   *
   * @param address empty if absent
   */
  public record Place(String address, Optional<Tls> tls) {}

  /** The member {@code TLSConfig}; what is absent is empty. */
  public record Tls(String caFile, String certFile, String keyFile, boolean trustAnybody) {}

  /** A plugin's {@code .json} file. */
  public static Place place(byte[] file) {
    String address = "";
    Optional<Tls> tls = Optional.empty();
    JsonCursor cursor = members(file, "plugins.Plugin");
    while (cursor.more()) {
      JsonString member = cursor.name();
      if (member.names("ADDR")) {
        address = DriverReader.text(cursor, "Addr", address);
      } else if (member.names("TLSCONFIG") && cursor.peek() == JsonKind.OBJECT) {
        tls = Optional.of(tls(cursor));
      } else {
        cursor.skip();
      }
    }
    return new Place(address, tls);
  }

  private static Tls tls(JsonCursor cursor) {
    String caFile = "";
    String certFile = "";
    String keyFile = "";
    boolean trustAnybody = false;
    cursor.enter();
    while (cursor.more()) {
      JsonString member = cursor.name();
      if (member.names("CAFILE")) {
        caFile = DriverReader.text(cursor, "CAFile", caFile);
      } else if (member.names("CERTFILE")) {
        certFile = DriverReader.text(cursor, "CertFile", certFile);
      } else if (member.names("KEYFILE")) {
        keyFile = DriverReader.text(cursor, "KeyFile", keyFile);
      } else if (member.names("INSECURESKIPVERIFY")) {
        trustAnybody = flag(cursor);
      } else {
        cursor.skip();
      }
    }
    return new Tls(caFile, certFile, keyFile, trustAnybody);
  }

  @SuppressWarnings("MustBeClosedChecker") // The answer closes it.
  private static PluginAnswer answer(DataField value, boolean failed, boolean doNotReuse) {
    SecretBytes taken = value.take();
    return new PluginAnswer(taken, failed, doNotReuse);
  }

  private static JsonCursor members(byte[] body, String type) {
    JsonSyntax.end(body);
    JsonCursor cursor = new JsonCursor(body);
    if (cursor.peek() != JsonKind.OBJECT) {
      throw JsonErrors.rootType(cursor.peek(), type);
    }
    cursor.enter();
    return cursor;
  }

  private static void value(JsonCursor cursor, DataField into) {
    JsonKind kind = cursor.peek();
    switch (kind) {
      case STRING -> cursor.string().base64(into);
      case NULL -> {
        cursor.skip();
        into.clear();
      }
      case OBJECT, ARRAY, NUMBER, BOOL ->
          throw JsonErrors.fieldType(kind.word(), "Value", "[]uint8");
    }
  }

  private static boolean flag(JsonCursor cursor) {
    JsonKind kind = cursor.peek();
    return switch (kind) {
      case BOOL -> cursor.flag();
      case NULL -> {
        cursor.skip();
        yield false;
      }
      case OBJECT, ARRAY, STRING, NUMBER ->
          throw JsonErrors.fieldType(kind.word(), "DoNotReuse", "bool");
    };
  }
}
