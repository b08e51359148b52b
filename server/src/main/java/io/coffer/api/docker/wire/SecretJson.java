package io.coffer.api.docker.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bodies of answers, in UTF-8, each with a line feed at its end. */
public final class SecretJson {
  /** About what a secret with a few labels takes. */
  private static final int SECRET_BYTES = 320;

  private SecretJson() {}

  public static byte[] secret(SecretView secret) {
    JsonWriter out = new JsonWriter(SECRET_BYTES);
    write(secret, out);
    return out.line();
  }

  public static byte[] secrets(List<SecretView> secrets) {
    JsonWriter out = new JsonWriter(SECRET_BYTES * (secrets.size() + 1));
    String separator = "[";
    for (SecretView secret : secrets) {
      out.raw(separator);
      write(secret, out);
      separator = ",";
    }
    return out.raw(secrets.isEmpty() ? "[]" : "]").line();
  }

  /** The id under both names: engines send {@code ID}, their documentation says {@code Id}. */
  public static byte[] created(String id) {
    return new JsonWriter(96).raw("{\"ID\":").string(id).raw(",\"Id\":").string(id).raw("}").line();
  }

  /** As {@code version} has errors; see {@link ApiVersion#errorsAreJson}. */
  public static byte[] error(DockerError error, ApiVersion version) {
    if (!version.errorsAreJson()) {
      return (error.text() + "\n").getBytes(UTF_8);
    }
    return new JsonWriter(128).raw("{\"message\":").string(error.text()).raw("}").line();
  }

  private static void write(SecretView secret, JsonWriter out) {
    out.raw("{\"ID\":").string(secret.id());
    out.raw(",\"Version\":{");
    if (secret.index() != 0) {
      out.raw("\"Index\":").number(secret.index());
    }
    out.raw("},\"CreatedAt\":").time(secret.createdAt());
    out.raw(",\"UpdatedAt\":").time(secret.updatedAt());
    out.raw(",\"Spec\":{");
    if (!secret.name().isEmpty()) {
      out.raw("\"Name\":").string(secret.name()).raw(",");
    }
    out.raw("\"Labels\":").map(secret.labels());
    driver(",\"Driver\":{", secret.driver(), out);
    driver(",\"Templating\":{", secret.templating(), out);
    out.raw("}}");
  }

  private static void driver(String opening, @Nullable Driver driver, JsonWriter out) {
    if (driver == null) {
      return;
    }
    out.raw(opening);
    if (!driver.name().isEmpty()) {
      out.raw("\"Name\":").string(driver.name());
    }
    if (!driver.options().isEmpty()) {
      out.raw(driver.name().isEmpty() ? "" : ",").raw("\"Options\":").map(driver.options());
    }
    out.raw("}");
  }
}
