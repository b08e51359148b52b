package io.coffer.core.secret;

import io.coffer.Bytes;
import io.coffer.Problem;
import io.coffer.core.Keyspace;
import io.coffer.core.folder.Folder;
import io.coffer.engine.WriteTx;

/**
 * A version with its payload, ready to be stored: sealed before the transaction begins, so that a
 * body that runs twice stores the same bytes, and the clear values can be gone by then.
 *
 * @param bytes of all values together
 */
record SealedVersion(Version version, Bytes payload, Bytes wrappedKey, int bytes) {
  static final int DOCKER_PAYLOAD_MAX = 511_999;

  /**
   * Throws {@link Problem.Invalid} if the values are too many bytes for a version in there.
   *
   * @param field that the values were sent in
   * @param most bytes in a folder that the Docker door does not show
   */
  void requireRoomIn(Folder folder, String field, int most) {
    switch (folder.names()) {
      case FREE -> {
        if (bytes > most) {
          throw new Problem.Violated(field, "bytes of all values together", "<=" + most)
              .asException();
        }
      }
      case DOCKER -> {
        if (bytes > DOCKER_PAYLOAD_MAX) {
          throw new Problem.Invalid(
                  field, "all values together must be at most 511999 bytes in the Docker folder")
              .asException();
        }
      }
    }
  }

  /**
   * Stores it.
   *
   * @param keyRow what is kept of its data key
   */
  void put(WriteTx tx, Bytes keyRow) {
    tx.put(Keyspace.version(version.secretId(), version.id()), SecretCodec.encode(version));
    tx.put(Keyspace.payload(version.secretId(), version.id()), payload);
    tx.put(Keyspace.dataKey(version.secretId(), version.id()), keyRow);
  }
}
