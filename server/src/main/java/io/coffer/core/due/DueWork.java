package io.coffer.core.due;

import io.coffer.core.Call;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Does what is due of some kinds. */
public interface DueWork {
  Set<Due.Kind> kinds();

  /**
   * Does it and takes it out of the index, in one transaction. Does nothing if it was taken back
   * meanwhile, so that it may be asked for twice.
   *
   * @param call of the server's own; its time is when it is done
   */
  CompletionStage<?> run(Call call, Due due);
}
