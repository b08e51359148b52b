package io.coffer.core.secret;

import io.coffer.Bytes;
import io.coffer.Problem;
import io.coffer.core.Keyspace;
import io.coffer.core.folder.Folder;
import io.coffer.crypto.Keyring;
import io.coffer.engine.ReadTx;
import io.coffer.engine.WriteTx;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The rule for names of secrets, and the index that keeps those of a Docker folder unique. The rule
 * is swarmkit's; case is ignored as it does, by lower-casing.
 */
final class Names {
  private static final Pattern DOCKER =
      Pattern.compile("[a-zA-Z0-9]+(?:[a-zA-Z0-9-_.]*[a-zA-Z0-9])?");
  private static final int DOCKER_MAX = 64;

  private final Keyring keyring;

  Names(Keyring keyring) {
    this.keyring = keyring;
  }

  /** Throws {@link Problem.Invalid} if {@code folder} cannot hold a secret called {@code name}. */
  static void require(Folder folder, String name) {
    if (folder.names() == Folder.Names.DOCKER
        && (name.length() > DOCKER_MAX || !DOCKER.matcher(name).matches())) {
      throw new Problem.Invalid(
              "name",
              "must be a Docker secret name in the Docker folder: "
                  + "1 to 64 of [a-zA-Z0-9-_.], first and last of [a-zA-Z0-9]")
          .asException();
    }
  }

  /** Takes the name for the secret; throws {@link Problem.AlreadyExists} if it is taken. */
  void take(WriteTx tx, Folder folder, String name, String secretId) {
    if (folder.names() == Folder.Names.DOCKER) {
      Bytes key = key(folder.id(), name);
      if (tx.get(key).isPresent()) {
        throw new Problem.AlreadyExists("secret", name).asException();
      }
      tx.put(key, Bytes.utf8(secretId));
    }
  }

  void free(WriteTx tx, Folder folder, String name) {
    if (folder.names() == Folder.Names.DOCKER) {
      tx.delete(key(folder.id(), name));
    }
  }

  /** The id of the secret of that name, in a folder where names are unique. */
  Optional<String> find(ReadTx tx, Folder folder, String name) {
    return tx.get(key(folder.id(), name))
        .map(row -> new String(row.value().shared(), StandardCharsets.UTF_8));
  }

  private Bytes key(String folderId, String name) {
    return Keyspace.name(
        folderId, keyring.index(Bytes.utf8("name\0" + name.toLowerCase(Locale.ROOT))));
  }
}
