package io.coffer.server;

import io.coffer.Entropy;
import io.coffer.SecretBytes;
import io.coffer.core.Call;
import io.coffer.core.Caller;
import io.coffer.core.Ids;
import io.coffer.core.Subject;
import io.coffer.core.Witness;
import io.coffer.core.founding.Founding;
import io.coffer.core.founding.Recovery;
import io.coffer.core.iam.AuthorizedKey;
import io.coffer.core.iam.AuthorizedKeyIndex;
import io.coffer.core.iam.IssuedKey;
import io.coffer.crypto.RsaKeys;
import io.coffer.engine.Engine;
import io.coffer.engine.EngineException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** Makes what a new store begins with, the administrator's key file among it. */
final class Administrator {
  private Administrator() {}

  /**
   * What the store was founded with, now or earlier.
   *
   * @param keyFile where the private half of the administrator's key goes, on the first start only
   */
  static Founding.Known found(
      Engine engine, Witness witness, InstantSource clock, Entropy entropy, Path keyFile) {
    Optional<Founding.Known> known = engine.read(Founding::of);
    if (known.isEmpty()) {
      Call call = serverCall(clock);
      Ids ids = new Ids(entropy);
      try (RsaKeys keys = RsaKeys.generate(RsaKeys.Algorithm.RSA_2048)) {
        Founding founding = Founding.plan(ids, call, ids.account(), keys.publicPem());
        // The file first: a key that was stored and never written down could never be used.
        try (IssuedKey issued = IssuedKey.of(founding.adminKey(), keys);
            SecretBytes file = AuthorizedKeyFile.render(issued)) {
          OwnerFile.write(keyFile, file);
        }
        founding.store(engine, witness, call).toCompletableFuture().join();
      }
      known = engine.read(Founding::of);
    }
    return known.orElseThrow(() -> new AssertionError("founded, and not there"));
  }

  /**
   * Makes the administrator a new key, in the place of all he has.
   *
   * @param keyFile where its private half goes; what is there is replaced
   * @throws EngineException.Unavailable if there is no administrator yet
   */
  static void recover(
      Engine engine, Witness witness, InstantSource clock, Entropy entropy, Path keyFile) {
    Founding.Known known =
        engine
            .read(Founding::of)
            .orElseThrow(() ->
                new EngineException.Unavailable(
                    "the first start of a server makes the administrator, and there was none yet"));
    AuthorizedKeyIndex.complete(engine).toCompletableFuture().join();
    Call call = serverCall(clock);
    try (RsaKeys keys = RsaKeys.generate(RsaKeys.Algorithm.RSA_2048)) {
      AuthorizedKey key =
          new AuthorizedKey(
              new Ids(entropy).account(),
              known.admin().subject(),
              call.at(),
              RsaKeys.Algorithm.RSA_2048.name(),
              keys.publicPem());
      // The file first, as above. A kill in between leaves the keys before, and this to do again.
      try (IssuedKey issued = IssuedKey.of(key, keys);
          SecretBytes file = AuthorizedKeyFile.render(issued)) {
        OwnerFile.write(keyFile, file);
      }
      Recovery.store(engine, witness, call, known, key).toCompletableFuture().join();
    }
  }

  /** Beside the seal key and not among the data: who takes the data must not have it. */
  static Path keyFile(Settings settings, String storeId) {
    return settings.keyFolder().resolve("admin-" + storeId.substring(0, 8) + ".json");
  }

  static Call serverCall(InstantSource clock) {
    return new Call(
        new Caller(new Subject(Subject.Type.SYSTEM, "server"), "", Caller.Via.SERVER),
        Call.Door.SERVER,
        clock.instant(),
        "",
        "",
        "");
  }
}
