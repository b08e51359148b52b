package io.coffer.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.crypto.seal.Answers;
import io.coffer.crypto.seal.SealException;
import io.coffer.crypto.seal.SealSpec;
import io.coffer.crypto.seal.SoftHsm;
import io.coffer.crypto.seal.StoreHeader;
import io.coffer.engine.EngineException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What operators do to a store that no server has open, and servers to what they made of it. */
@Timeout(180)
final class OperatorTest {
  private static final String SECRETS = "/lockbox/v1/secrets";
  private static final String PASSPHRASE = "correct horse battery staple";

  @TempDir private Path home;

  /** A seal of each kind, as it is set, made, and opened again. */
  enum Kind {
    FILE {
      @Override
      String set(Path home, String name) {
        return "file:" + home.resolve("keys/" + name + ".key");
      }
    },
    PASSPHRASE {
      @Override
      String set(Path home, String name) {
        return "passphrase";
      }

      @Override
      List<String> toMake(String name) {
        return List.of(OperatorTest.PASSPHRASE + name);
      }

      @Override
      List<String> toOpen(String name, List<String> shares) {
        return toMake(name);
      }
    },
    SHARES {
      @Override
      String set(Path home, String name) {
        return "shares:2/3";
      }

      @Override
      List<String> toOpen(String name, List<String> shares) {
        return shares.subList(1, 3);
      }
    },
    PKCS11 {
      @Override
      String set(Path home, String name) {
        SealSpec.Token token = SoftHsm.get().seal(home.getFileName() + name);
        return "pkcs11:%s?token=%s&key=%s&pin-file=%s"
            .formatted(token.module(), token.token(), token.key(), token.pinFile());
      }
    };

    abstract String set(Path home, String name);

    List<String> toMake(String name) {
      return List.of();
    }

    List<String> toOpen(String name, List<String> shares) {
      return List.of();
    }
  }

  /** A seal in use: what is set, and what its custodian says. */
  private record Held(Kind kind, String name, String set, List<String> shares) {
    Answers answers() {
      return Answers.of(kind.toOpen(name, shares));
    }

    Answers answersAnd(List<String> more) {
      List<String> all = new ArrayList<>(kind.toOpen(name, shares));
      all.addAll(more);
      return Answers.of(all);
    }
  }

  private Settings settings(String seal) {
    return RunningCoffer.settings(home, Map.of(Setting.SEAL, seal));
  }

  private Operator operator(String seal, Answers answers) {
    return new Operator(settings(seal), answers, Clock.systemUTC());
  }

  private Held init(Kind kind, String name) {
    String set = kind.set(home, name);
    Answers answers = Answers.of(kind.toMake(name));
    assertThat(operator(set, answers).init().storeId()).hasSize(32);
    return new Held(kind, name, set, answers.taken());
  }

  private Held rekey(Held from, Kind kind, String name) {
    String set = kind.set(home, name);
    Answers answers = from.answersAnd(kind.toMake(name));
    StoreHeader header =
        operator(from.set(), answers)
            .rekey(Settings.nextSeal("to", set, settings(from.set()).dataDir()));
    assertThat(header.sealKind()).isEqualTo(kind.name().toLowerCase(Locale.ROOT));
    assertThat(answers.isUsedUp()).isTrue();
    return new Held(kind, name, set, answers.taken());
  }

  private RunningCoffer start(Held held) {
    return RunningCoffer.start(home, Map.of(Setting.SEAL, held.set()), held.answers());
  }

  private static String create(RunningCoffer coffer) {
    return coffer
        .rest()
        .post(
            SECRETS,
            coffer.token(),
            "{\"folderId\":\"%s\",\"versionPayloadEntries\":[{\"key\":\"k\",\"textValue\":\"kept\"}]}"
                .formatted(coffer.folderId()))
        .member("secretId");
  }

  private static void assertKept(RunningCoffer coffer, String secret) {
    Answer payload = coffer.rest().get(SECRETS + "/" + secret + "/payload", coffer.token());
    assertThat(payload.body()).contains("\"textValue\":\"kept\"");
  }

  private List<String> audited(Held held) {
    List<String> lines = new ArrayList<>();
    AuditReader.Report report = AuditReader.walk(settings(held.set()), held.answers(), lines::add);
    assertThat(report.sound()).as(report.sentence()).isTrue();
    return lines;
  }

  @ParameterizedTest
  @EnumSource
  void aStoreOfEachKindIsMadeStartedAndStartedAgain(Kind kind) {
    Held held = init(kind, "a");
    String secret;
    try (RunningCoffer coffer = start(held)) {
      secret = create(coffer);
    }
    try (RunningCoffer coffer = start(held)) {
      assertKept(coffer, secret);
    }
    assertThat(audited(held)).anyMatch(line -> line.contains("MakeStore"));
    assertThatThrownBy(() -> operator(held.set(), held.answers()).init())
        .isInstanceOf(SealException.class)
        .hasMessageMatching("there is a store in .* already, under the seal [0-9a-f]{16}");
  }

  static Stream<Arguments> fromEachToEach() {
    return Stream.of(Kind.values())
        .flatMap(from -> Stream.of(Kind.values()).map(to -> Arguments.of(from, to)));
  }

  @ParameterizedTest
  @MethodSource("fromEachToEach")
  void aStoreGoesFromEachKindToEachAndNeedsTheNewOneOnly(Kind from, Kind to) {
    Held before = init(from, "a");
    String id = operator(before.set(), before.answers()).status(true).lines().getFirst();

    Held after = rekey(before, to, "b");

    assertThat(operator(after.set(), after.answers()).status(true))
        .satisfies(status -> {
          assertThat(status.opens()).isTrue();
          assertThat(status.lines()).contains(id, "opens        yes");
        });
    assertThat(operator(before.set(), before.answers()).status(true).opens()).isFalse();
    assertThat(audited(after))
        .anyMatch(line -> line.contains("Rekey") && line.contains("previous_seal_fingerprint"));
  }

  @Test
  void aServerServesWhatItServedBeforeUnderTheNewSeal() {
    Held file = init(Kind.FILE, "a");
    String secret;
    try (RunningCoffer coffer = start(file)) {
      secret = create(coffer);
    }
    Held other = rekey(file, Kind.FILE, "b");
    try (RunningCoffer coffer = start(other)) {
      assertKept(coffer, secret);
    }
    assertThatThrownBy(() -> start(file))
        .isInstanceOf(SealException.class)
        .hasMessageContaining("this store needs the seal key");
  }

  @Test
  void aRotationAddsATermAndWhatWasSealedBeforeOpens() {
    Held held = init(Kind.FILE, "a");
    String secret;
    try (RunningCoffer coffer = start(held)) {
      secret = create(coffer);
    }
    for (int term = 2; term <= 3; term++) {
      assertThat(operator(held.set(), held.answers()).rotate()).isEqualTo(term);
      try (RunningCoffer coffer = start(held)) {
        assertKept(coffer, secret);
        assertKept(coffer, create(coffer));
      }
    }
    assertThat(operator(held.set(), held.answers()).status(true).lines())
        .anyMatch(line -> line.startsWith("term         3, since "));
    assertThat(audited(held)).filteredOn(line -> line.contains("RotateKeyring")).hasSize(2);
  }

  @Test
  void aRunningServerKeepsOperatorsOutButShowsItsSeal() {
    Held held = init(Kind.FILE, "a");
    try (RunningCoffer coffer = start(held)) {
      assertThat(coffer.url()).isNotEmpty();
      assertThatThrownBy(() -> operator(held.set(), held.answers()).rotate())
          .isInstanceOf(EngineException.Unavailable.class)
          .hasMessageContaining("data directory is in use");
      assertThatThrownBy(() -> rekey(held, Kind.FILE, "b"))
          .isInstanceOf(EngineException.Unavailable.class);
      assertThat(home.resolve("keys/b.key")).doesNotExist();
      assertThat(operator(held.set(), held.answers()).status(false).lines())
          .contains("seal         file", "opens        yes");
    }
  }

  @Test
  void whereThereIsNoStoreNoneIsMadeOnTheWay() {
    String set = Kind.FILE.set(home, "a");

    assertThatThrownBy(() -> operator(set, Answers.of()).rotate())
        .isInstanceOf(EngineException.Unavailable.class)
        .hasMessageStartingWith("there is no store in ");
    assertThat(home.resolve("data")).doesNotExist();
    assertThat(home.resolve("keys/a.key")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(names = {"PASSPHRASE", "SHARES"})
  void aServerDoesNotMakeAStoreWhoseSealNeedsPeople(Kind kind) {
    assertThatThrownBy(() -> RunningCoffer.start(home, Map.of(Setting.SEAL, kind.set(home, "a"))))
        .isInstanceOf(SealException.class)
        .hasMessageEndingWith("it is made by: coffer operator init");
  }

  @Test
  void theSealThatTheStoreIsUnderAlreadyIsNoNewOne() {
    Held held = init(Kind.FILE, "a");

    assertThatThrownBy(() -> rekey(held, Kind.FILE, "a"))
        .isInstanceOf(SealException.class)
        .hasMessageMatching("the store is under the seal [0-9a-f]{16} already");
  }

  @Test
  void aSealOfAnotherKindIsNamedBesideTheOneThatIsNeeded() {
    Held held = init(Kind.FILE, "a");

    assertThatThrownBy(() -> operator("shares:2/3", Answers.of()).rotate())
        .isInstanceOf(SealException.class)
        .hasMessageMatching(
            "this store is under a seal of the kind file, fingerprint [0-9a-f]{16}: give it"
                + " as --seal, which is of the kind shares now");
    assertThat(operator(held.set(), held.answers()).rotate()).isEqualTo(2);
  }

  @Test
  void theStatusOfASealThatNeedsPeopleAsksThemOnlyWhenToldTo() {
    Held held = init(Kind.SHARES, "a");

    assertThat(operator(held.set(), Answers.of()).status(false).lines())
        .contains("seal         shares", "needs        2 of 3 shares")
        .contains("opens        not tried: that takes --ask");
    assertThat(operator("passphrase", Answers.of()).status(false).opens()).isFalse();
    assertThat(operator(held.set(), held.answers()).status(true).lines())
        .contains("opens        yes");
    assertThat(held.shares()).hasSize(3);
  }

  @Test
  void whoHoldsTheSealReplacesALostKeyOfTheAdministrator() throws Exception {
    Held held = init(Kind.FILE, "a");
    assertThatThrownBy(() -> operator(held.set(), held.answers()).recoverAdministrator())
        .isInstanceOf(EngineException.Unavailable.class)
        .hasMessageStartingWith("the first start of a server makes the administrator");
    AuthorizedKey lost;
    String token;
    String secret;
    try (RunningCoffer coffer = start(held)) {
      lost = coffer.adminKey();
      token = coffer.token();
      secret = create(coffer);
    }

    Path file = operator(held.set(), held.answers()).recoverAdministrator();

    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    try (RunningCoffer coffer = start(held)) {
      assertThat(coffer.adminKey().id()).isNotEqualTo(lost.id());
      assertKept(coffer, secret);
      String body = "{\"jwt\":\"" + lost.jwt() + "\"}";
      assertThat(coffer.rest().post("/iam/v1/tokens", "", body).status()).isEqualTo(401);
      assertThat(coffer.rest().get(SECRETS + "/" + secret, token).status()).isEqualTo(401);
    }
    assertThat(audited(held))
        .anyMatch(line -> line.contains("RecoverAdministrator") && line.contains(lost.accountId()));
  }

  @Test
  void aSealThatTheNextStartWouldNotOpenIsNoticedWhileTheServerRuns() throws Exception {
    Held held = init(Kind.FILE, "a");
    Path key = home.resolve("keys/a.key");
    try (RunningCoffer coffer = start(held)) {
      StoreHeader header =
          Store.header(coffer.settings().dataDir().resolve(Store.FOLDER)).orElseThrow();
      try (SealWatch watch =
          new SealWatch(coffer.settings()::seal, () -> header, new SystemEntropy())) {
        assertThat(watch.trouble()).isEmpty();
        Files.move(key, home.resolve("away"));
        assertThat(watch.trouble()).hasValue("there is no seal key file at " + key);
        Files.move(home.resolve("away"), key);
        assertThat(watch.trouble()).isEmpty();
      }
    }
  }

  @Test
  void noShareIsInAnyFile() throws Exception {
    Held held = init(Kind.SHARES, "a");
    rekey(held, Kind.SHARES, "b");

    try (Stream<Path> inside = Files.walk(home)) {
      List<Path> files = inside.filter(Files::isRegularFile).toList();
      assertThat(files).hasSizeGreaterThan(5);
      for (Path file : files) {
        String content = Files.readString(file, ISO_8859_1);
        assertThat(held.shares())
            .as("%s", file)
            .noneMatch(share -> content.contains(share.split(":", -1)[3]));
      }
    }
  }
}
