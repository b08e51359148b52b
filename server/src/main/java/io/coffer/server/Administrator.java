package io.coffer.server;

import io.coffer.Entropy;
import io.coffer.SecretBytes;
import io.coffer.core.Call;
import io.coffer.core.Caller;
import io.coffer.core.Ids;
import io.coffer.core.Subject;
import io.coffer.core.Witness;
import io.coffer.core.founding.Founding;
import io.coffer.core.iam.IssuedKey;
import io.coffer.crypto.RsaKeys;
import io.coffer.engine.Engine;
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
