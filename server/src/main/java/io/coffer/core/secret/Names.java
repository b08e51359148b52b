package io.coffer.core.secret;

import io.coffer.Bytes;
import io.coffer.Problem;
import io.coffer.core.Keyspace;
import io.coffer.core.folder.Folder;
import io.coffer.crypto.Keyring;
import io.coffer.engine.ReadTx;
import io.coffer.engine.WriteTx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The rule for names of secrets, and the index that finds secrets by theirs. In a Docker folder it
 * keeps them unique; the rule there is swarmkit's, and case is ignored as it does, by lower-casing.
 * Elsewhere any secret may have any name, and one without a name is not found by it.
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

  /** Takes the name for the secret; throws {@link Problem.AlreadyExists} if that cannot be. */
  void take(WriteTx tx, Folder folder, String name, String secretId) {
    switch (folder.names()) {
      case FREE -> {
        if (!name.isEmpty()) {
          tx.put(Keyspace.repeatableName(folder.id(), hmac(name), secretId), Bytes.EMPTY);
        }
      }
      case DOCKER -> {
        Bytes key = key(folder.id(), name);
        if (tx.get(key).isPresent()) {
          throw new Problem.AlreadyExists("secret", name).asException();
        }
        tx.put(key, Bytes.utf8(secretId));
      }
    }
  }

  void free(WriteTx tx, Folder folder, String name, String secretId) {
    switch (folder.names()) {
      case FREE -> {
        if (!name.isEmpty()) {
          tx.delete(Keyspace.repeatableName(folder.id(), hmac(name), secretId));
        }
      }
      case DOCKER -> tx.delete(key(folder.id(), name));
    }
  }

  /**
   * The ids of the secrets of that name, by the folder's own rule; two of them if there are more.
   */
  List<String> named(ReadTx tx, Folder folder, String name) {
    return switch (folder.names()) {
      case FREE -> {
        Keyspace.Range range = Keyspace.repeatableNames(folder.id(), hmac(name));
        yield tx.scan(range.from(), range.to(), 2).stream()
            .map(row -> Keyspace.lastPart(row.key()))
            .toList();
      }
      case DOCKER -> find(tx, folder, name).stream().toList();
    };
  }

  /** The id of the secret of that name, in a folder where names are unique. */
  Optional<String> find(ReadTx tx, Folder folder, String name) {
    return tx.get(key(folder.id(), name))
        .map(row -> new String(row.value().shared(), StandardCharsets.UTF_8));
  }

  private Bytes hmac(String name) {
    return keyring.index(Bytes.utf8("exact name\0" + name));
  }

  private Bytes key(String folderId, String name) {
    return Keyspace.name(
        folderId, keyring.index(Bytes.utf8("name\0" + name.toLowerCase(Locale.ROOT))));
  }
}
