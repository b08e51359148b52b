package io.coffer.conformance.flows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.coffer.conformance.lockbox.LockboxClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A service account with nothing but a key, whose file is one that clients read. */
record ServiceAccount(String id, Path keyFile) {
  /** Makes one in {@code folderId}; the key file goes to {@code directory}. */
  static ServiceAccount create(
      LockboxClient administrator, String folderId, String name, Path directory)
      throws IOException {
    String id =
        administrator
            .post(
                "/iam/v1/serviceAccounts",
                "{\"folderId\":\"%s\",\"name\":\"%s\"}".formatted(folderId, name))
            .at("/metadata/serviceAccountId")
            .asText();
    JsonNode made =
        administrator.post("/iam/v1/keys", "{\"serviceAccountId\":\"%s\"}".formatted(id));
    Path keyFile = Files.createTempFile(directory, "key", ".json");
    ObjectMapper mapper = new ObjectMapper();
    mapper.writeValue(
        keyFile.toFile(),
        mapper
            .createObjectNode()
            .put("id", made.at("/key/id").asText())
            .put("service_account_id", id)
            .put("created_at", made.at("/key/createdAt").asText())
            .put("key_algorithm", made.at("/key/keyAlgorithm").asText())
            .put("public_key", made.at("/key/publicKey").asText())
            .put("private_key", made.path("privateKey").asText()));
    return new ServiceAccount(id, keyFile);
  }
}
