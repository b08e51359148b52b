package io.coffer.api.docker.wire;

import io.coffer.SecretBytes;

/**
 * What a plugin answered when it was asked for a secret. Whoever has it closes it, which wipes the
 * value. What the plugin says of an error is left out: nobody knows what it puts there.
 *
 * @param value empty if there was none
 * @param failed whether the plugin named an error
 * @param doNotReuse whether the value is for one use only
 */
public record PluginAnswer(SecretBytes value, boolean failed, boolean doNotReuse)
    implements AutoCloseable {
  @Override
  public void close() {
    value.close();
  }
}
