package io.coffer.core.template;

import io.coffer.SecretBytes;
import java.util.Optional;

/** Where functions of a template get values. What it throws ends the expansion as it is. */
public interface Sources {
  /** The secret of that target; whoever gives it closes it, after the expansion. */
  Optional<SecretBytes> secret(String target);

  /** The config of that target; whoever gives it closes it, after the expansion. */
  Optional<SecretBytes> config(String target);

  /** The variable of the task's environment, empty if there is none. */
  String env(String name);
}
