package io.coffer.engine;

/** Trouble below the engine: a closed set, so that whoever handles it handles all of it. */
public abstract sealed class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private EngineException(String message, Throwable cause) {
    super(message, cause);
  }

  private EngineException(String message) {
    super(message);
  }

  /** Nothing was written; the same call may succeed later. */
  public static final class Unavailable extends EngineException {
    private static final long serialVersionUID = 1L;

    public Unavailable(String reason) {
      super(reason);
    }

    public Unavailable(String reason, Throwable cause) {
      super(reason, cause);
    }
  }

  /** The write may or may not be durable. */
  public static final class CommitUnknown extends EngineException {
    private static final long serialVersionUID = 1L;

    public CommitUnknown(Throwable cause) {
      super("commit outcome unknown", cause);
    }
  }

  /** What is stored is not what was written. The process must stop serving. */
  public static final class Corrupt extends EngineException {
    private static final long serialVersionUID = 1L;

    public Corrupt(String what) {
      super(what);
    }

    public Corrupt(String what, Throwable cause) {
      super(what, cause);
    }
  }
}
