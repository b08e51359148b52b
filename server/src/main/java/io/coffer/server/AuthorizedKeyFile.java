package io.coffer.server;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.google.errorprone.annotations.MustBeClosed;
import io.coffer.SecretBytes;
import io.coffer.core.Subject;
import io.coffer.core.iam.AuthorizedKey;
import io.coffer.core.iam.IssuedKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The JSON file that every Yandex client reads: {@code id, service_account_id} or {@code
 * user_account_id, created_at, key_algorithm, public_key, private_key}.
 */
final class AuthorizedKeyFile {
  /** Buffers are not kept for the next: there is a private key in them. */
  private static final JsonFactory JSON =
      JsonFactory.builder().recyclerPool(JsonRecyclerPools.nonRecyclingPool()).build();

  private AuthorizedKeyFile() {}

  @MustBeClosed
  static SecretBytes render(IssuedKey issued) {
    AuthorizedKey key = issued.key();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out, JsonEncoding.UTF8)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeStringField("id", key.id());
      json.writeStringField(
          key.account().type() == Subject.Type.USER_ACCOUNT
              ? "user_account_id"
              : "service_account_id",
          key.account().id());
      json.writeStringField("created_at", key.createdAt().toString());
      json.writeStringField("key_algorithm", key.algorithm());
      json.writeStringField("public_key", key.publicKeyPem());
      json.writeStringField(
          "private_key",
          issued.privateKey().lend(text -> new String(text, StandardCharsets.US_ASCII)));
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return SecretBytes.takeOver(out.toByteArray());
  }
}
