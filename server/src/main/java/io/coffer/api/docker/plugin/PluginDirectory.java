package io.coffer.api.docker.plugin;

import com.linecorp.armeria.client.WebClient;
import java.util.Optional;

/** The plugins of this machine. Owned by those who ask them, implemented over files. */
public interface PluginDirectory extends AutoCloseable {
  /**
   * Where the plugin is; empty if there is none. Reads files, so it may block.
   *
   * @param name as {@link PluginName} allows
   * @throws io.coffer.CofferException {@code MISCONFIGURED} if what says so cannot be read
   */
  Optional<PluginAddress> find(PluginName name);

  /** What connects to {@code address}. May read files of keys; throws as {@link #find}. */
  WebClient client(PluginName name, PluginAddress address);

  /** Ends what was connected. */
  @Override
  void close();
}
