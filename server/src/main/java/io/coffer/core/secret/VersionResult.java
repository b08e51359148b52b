package io.coffer.core.secret;

import io.coffer.Bytes;

/** What an operation on a version answered with: the version as it was then. */
public record VersionResult(Version version) {
  public static VersionResult decode(Bytes result) {
    return new VersionResult(SecretCodec.version(result));
  }

  Bytes encode() {
    return SecretCodec.encode(version);
  }
}
