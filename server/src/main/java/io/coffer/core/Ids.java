package io.coffer.core;

import io.coffer.Entropy;

/**
 * Draws ids. Those of the Lockbox door have 20 characters, three of them naming the service, as
 * Yandex Cloud's do; those of the Docker door 25, as swarm's do. Never call it inside a
 * transaction.
 */
public final class Ids {
  private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
  private static final String KMS = "abj";
  private static final int LENGTH = 20;
  private static final int DOCKER_LENGTH = 25;

  private final Entropy entropy;

  public Ids(Entropy entropy) {
    this.entropy = entropy;
  }

  /** Of a secret, a version or an operation made through the Lockbox door. */
  public String lockbox() {
    return "e6q" + characters(LENGTH - 3);
  }

  /** Of a cloud or a folder. */
  public String resource() {
    return "b1g" + characters(LENGTH - 3);
  }

  /** Of a symmetric key, a version of one or an operation on one. */
  public String kms() {
    return KMS + characters(LENGTH - 3);
  }

  /** Of an account, one of its keys or a group. */
  public String account() {
    return "aje" + characters(LENGTH - 3);
  }

  /** Of a secret made through the Docker door: 25 of {@code [0-9a-z]}. */
  public String docker() {
    return characters(DOCKER_LENGTH);
  }

  private String characters(int count) {
    StringBuilder out = new StringBuilder(count);
    byte[] drawn = entropy.bytes(count + 16);
    int next = 0;
    while (out.length() < count) {
      if (next == drawn.length) {
        drawn = entropy.bytes(count);
        next = 0;
      }
      int value = drawn[next++] & 0xff;
      // 252 = 7 × 36: what lies above would make the first letters likelier.
      if (value < 252) {
        out.append(ALPHABET.charAt(value % ALPHABET.length()));
      }
    }
    return out.toString();
  }
}
