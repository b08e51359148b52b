package io.coffer.testing;

import io.coffer.Bytes;
import io.coffer.core.Subject;
import io.coffer.core.access.AccessBinding;
import io.coffer.core.access.Role;
import io.coffer.core.folder.Cloud;
import io.coffer.core.folder.Folder;
import io.coffer.core.folder.Profile;
import io.coffer.core.group.Group;
import io.coffer.core.iam.ApiKey;
import io.coffer.core.iam.AuthorizedKey;
import io.coffer.core.iam.FederatedCredential;
import io.coffer.core.iam.ServiceAccount;
import io.coffer.core.iam.UserAccount;
import io.coffer.core.kms.KeyVersion;
import io.coffer.core.kms.SymmetricKey;
import io.coffer.core.operation.Operation;
import io.coffer.core.operation.OperationKind;
import io.coffer.core.secret.Driver;
import io.coffer.core.secret.PasswordSpecification;
import io.coffer.core.secret.Secret;
import io.coffer.core.secret.Version;
import io.coffer.core.secret.VersionStatus;
import io.coffer.core.workload.Federation;
import io.coffer.crypto.TenantKey.Algorithm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;

/**
 * Nouns of any content, the same for the same seed. Golden files hold what seed 2030 gives: what a
 * noun is given later is drawn last, and of an enum only what there was then: tests of codecs go
 * through its later members one by one.
 */
public final class Nouns {
  private static final List<String> CHARACTERS =
      List.of("a", "Z", "0", "-", " ", "\"", "\\", "\n", "\0", "ä", "Я", "\uffff", "\uD83D\uDD11");

  private static final List<OperationKind> KINDS = List.of(OperationKind.CREATE_SECRET);

  private static final List<Role> ROLES =
      List.of(
          Role.LOCKBOX_AUDITOR,
          Role.LOCKBOX_VIEWER,
          Role.LOCKBOX_EDITOR,
          Role.LOCKBOX_PAYLOAD_VIEWER,
          Role.LOCKBOX_ADMIN,
          Role.AUDITOR,
          Role.VIEWER,
          Role.EDITOR,
          Role.ADMIN);

  private static final List<Subject.Type> TYPES =
      List.of(
          Subject.Type.SERVICE_ACCOUNT,
          Subject.Type.USER_ACCOUNT,
          Subject.Type.FEDERATED_USER,
          Subject.Type.GROUP,
          Subject.Type.SYSTEM);

  private final RandomGenerator random;

  public Nouns(long seed) {
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  public Secret secret() {
    return new Secret(
        text(),
        text(),
        instant(),
        instant(),
        text(),
        text(),
        map(),
        text(),
        one(Secret.Status.values()),
        maybe(() -> "e6q" + text()),
        random.nextBoolean(),
        maybe(this::password),
        maybe(this::driver),
        maybe(this::driver));
  }

  public Version version() {
    VersionStatus status =
        switch (random.nextInt(3)) {
          case 0 -> new VersionStatus.Active();
          case 1 -> new VersionStatus.Scheduled(instant());
          default -> new VersionStatus.Destroyed();
        };
    return new Version(
        text(),
        text(),
        instant(),
        text(),
        status,
        Stream.generate(this::text).limit(random.nextInt(5)).toList(),
        maybe(this::password));
  }

  public SymmetricKey symmetricKey() {
    return new SymmetricKey(
        text(),
        text(),
        instant(),
        text(),
        text(),
        map(),
        one(SymmetricKey.Status.values()),
        text(),
        one(Algorithm.values()),
        instant(),
        maybe(() -> Duration.ofNanos(1 + random.nextLong(1L << 60))),
        random.nextBoolean());
  }

  public KeyVersion keyVersion() {
    KeyVersion.Status status =
        switch (random.nextInt(3)) {
          case 0 -> new KeyVersion.Status.Active();
          case 1 -> new KeyVersion.Status.Scheduled(instant());
          default -> new KeyVersion.Status.Destroyed();
        };
    return new KeyVersion(text(), text(), instant(), one(Algorithm.values()), status);
  }

  public Operation operation() {
    return new Operation(
        text(), one(KINDS), instant(), instant(), text(), text(), text(), text(), bytes());
  }

  public List<AccessBinding> bindings() {
    return Stream.generate(() -> new AccessBinding(one(ROLES), subject()))
        .limit(random.nextInt(6))
        .toList();
  }

  public Subject subject() {
    return new Subject(one(TYPES), text());
  }

  public Folder folder() {
    return new Folder(text(), text(), Profile.of(text()), instant(), one(Folder.Names.values()));
  }

  /** One with all that a folder can have. */
  public Folder fullFolder() {
    return new Folder(text(), text(), profile(), instant(), one(Folder.Names.values()));
  }

  public Cloud cloud() {
    return new Cloud(text(), profile(), instant());
  }

  private Profile profile() {
    return new Profile(text(), text(), map());
  }

  /** One with all that an account can have. */
  public ServiceAccount fullAccount() {
    return new ServiceAccount(
        text(),
        text(),
        text(),
        text(),
        instant(),
        map(),
        maybe(this::instant),
        random.nextBoolean()
            ? new ServiceAccount.Status.Active()
            : new ServiceAccount.Status.Suspended(text(), maybe(this::instant)));
  }

  public ApiKey apiKey() {
    return new ApiKey(
        text(),
        text(),
        instant(),
        text(),
        Stream.generate(this::text).limit(random.nextInt(4)).toList(),
        maybe(this::instant),
        text(),
        bytes());
  }

  public Federation federation() {
    return new Federation(
        text(),
        text(),
        text(),
        text(),
        instant(),
        random.nextBoolean(),
        Stream.generate(this::text).limit(random.nextInt(4)).toList(),
        text(),
        text(),
        map());
  }

  public FederatedCredential federatedCredential() {
    return new FederatedCredential(text(), text(), text(), text(), instant());
  }

  public AuthorizedKey describedKey() {
    return new AuthorizedKey(text(), SimWorld.account(text()), instant(), text(), text(), text());
  }

  public AuthorizedKey keyOfUser() {
    Subject person = new Subject(Subject.Type.USER_ACCOUNT, "aje" + text());
    return new AuthorizedKey(text(), person, instant(), text(), text(), text());
  }

  public UserAccount userAccount() {
    return new UserAccount(text(), text(), text(), text(), instant());
  }

  public Group group() {
    return new Group(text(), text(), text(), text(), instant(), map());
  }

  public ServiceAccount account() {
    return new ServiceAccount(text(), text(), text(), text(), instant());
  }

  public AuthorizedKey key() {
    return new AuthorizedKey(text(), SimWorld.account(text()), instant(), text(), text());
  }

  public Bytes bytes() {
    byte[] drawn = new byte[random.nextInt(40)];
    random.nextBytes(drawn);
    return Bytes.takeOver(drawn);
  }

  public String text() {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(9);
    for (int i = 0; i < length; i++) {
      text.append(CHARACTERS.get(random.nextInt(CHARACTERS.size())));
    }
    return text.toString();
  }

  public boolean chance() {
    return random.nextBoolean();
  }

  private PasswordSpecification password() {
    boolean punctuation = random.nextBoolean();
    boolean chosen = punctuation && random.nextBoolean();
    return new PasswordSpecification(
        text(),
        random.nextBoolean() ? 0 : 4 + random.nextInt(253),
        choice(),
        Optional.of(true),
        choice(),
        punctuation ? maybe(() -> true) : Optional.of(false),
        chosen ? "!?" : "",
        punctuation && !chosen ? "#" : "");
  }

  private Optional<Boolean> choice() {
    return maybe(random::nextBoolean);
  }

  private Driver driver() {
    return new Driver(text(), map());
  }

  private SortedMap<String, String> map() {
    SortedMap<String, String> map = new TreeMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      map.put(text(), text());
    }
    return map;
  }

  /** Before 1970 too, to the nanosecond, and never 1970 itself, which rows keep as absent. */
  private Instant instant() {
    return Instant.ofEpochSecond(
        random.nextLong(-9_000_000_000L, 9_000_000_000L), 1 + random.nextInt(999_999_999));
  }

  private <T> Optional<T> maybe(Supplier<T> noun) {
    return random.nextBoolean() ? Optional.of(noun.get()) : Optional.empty();
  }

  private <T> T one(T[] of) {
    return one(List.of(of));
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
