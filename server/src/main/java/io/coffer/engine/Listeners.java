package io.coffer.engine;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who wants to hear of changes. One that throws is told of the next change all the same. */
final class Listeners {
  private static final Logger log = LoggerFactory.getLogger(Listeners.class);

  private final List<Registration> registrations = new CopyOnWriteArrayList<>();

  AutoCloseable add(Consumer<Change> listener) {
    Registration registration = new Registration(listener);
    registrations.add(registration);
    return () -> registrations.remove(registration);
  }

  boolean isEmpty() {
    return registrations.isEmpty();
  }

  void tell(Change change) {
    for (Registration registration : registrations) {
      try {
        registration.listener.accept(change);
      } catch (RuntimeException | AssertionError e) {
        // The write is done: neither its caller nor the other listeners can help it.
        log.atError().setCause(e).log("change listener failed");
      }
    }
  }

  /** Tells one registration from another of the same listener. */
  private static final class Registration {
    private final Consumer<Change> listener;

    Registration(Consumer<Change> listener) {
      this.listener = listener;
    }
  }
}
