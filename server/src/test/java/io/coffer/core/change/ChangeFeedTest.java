package io.coffer.core.change;

import static io.coffer.testing.SimWorld.await;
import static io.coffer.testing.SimWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Caller;
import io.coffer.core.Event;
import io.coffer.core.access.Access;
import io.coffer.core.access.Role;
import io.coffer.core.folder.Folder;
import io.coffer.core.secret.Secret;
import io.coffer.core.secret.SecretView;
import io.coffer.core.secret.UpdateLabels;
import io.coffer.testing.Drafts;
import io.coffer.testing.SimWorld;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ChangeFeedTest {
  private SimWorld world = SimWorld.of(1);
  private ChangeFeed feed = new ChangeFeed(world.engine(), Runnable::run);

  @BeforeEach
  void start() {
    world = SimWorld.of(7);
    feed = new ChangeFeed(world.engine(), Runnable::run);
  }

  @AfterEach
  void stop() {
    feed.close();
    world.close();
  }

  @Test
  void aReaderIsToldOfEachChangeFromEitherDoor() {
    Listening reader = listen(world.dockerAdmin().caller(), new ChangeFeed.Start.Now());

    String docker = create(world.dockerAdmin(), "one");
    world.advance(Duration.ofSeconds(1));
    String lockbox = create(world.admin(), "two");
    world.advance(Duration.ofSeconds(1));
    SecretView changed = update(docker, "one");
    world.advance(Duration.ofSeconds(1));
    Secret gone = await(world.dockerSecrets().delete(world.dockerAdmin(), lockbox));

    assertThat(reader.changes())
        .containsExactly(
            change(Action.CREATE_SECRET, docker, "one", changed.secret().createdAt()),
            change(Action.CREATE_SECRET, lockbox, "two", gone.createdAt()),
            change(Action.UPDATE_SECRET, docker, "one", changed.secret().updatedAt()),
            change(Action.DELETE_SECRET, lockbox, "two", world.now()));
    assertThat(reader.told.stream().map(SecretChange.Placed::position)).isSorted();
    assertThat(reader.told.get(2).position()).isEqualTo(changed.revision());
  }

  @Test
  void whatWasRefusedIsNoChange() {
    create(world.dockerAdmin(), "taken");
    Listening reader = listen(world.dockerAdmin().caller(), new ChangeFeed.Start.Kept());
    try (var command = Drafts.docker(world.dockerFolder().id(), "TAKEN", new byte[1])) {
      assertThat(problem(world.secrets().create(world.dockerAdmin(), command)))
          .isInstanceOf(Problem.AlreadyExists.class);
    }
    assertThat(problem(world.dockerSecrets().delete(world.believed("ajex"), "taken")))
        .isInstanceOf(Problem.Denied.class);
    assertThat(reader.changes()).hasSize(1);
  }

  @Test
  void anotherFeedOnTheSameStoreTellsTheSame() {
    create(world.dockerAdmin(), "one");
    create(world.dockerAdmin(), "two");
    try (ChangeFeed later = new ChangeFeed(world.engine(), Runnable::run)) {
      Listening reader = new Listening(world.dockerAdmin().caller(), folder());
      var _ = later.follow(reader, new ChangeFeed.Start.Kept());
      assertThat(reader.names()).containsExactly("one", "two");
      assertThat(reader.caughtUp).isTrue();
    }
  }

  @Test
  void aReaderGoesOnWhereHeLeftOff() {
    create(world.dockerAdmin(), "one");
    Listening first = listen(world.dockerAdmin().caller(), new ChangeFeed.Start.Kept());
    create(world.dockerAdmin(), "two");
    first.leave();
    create(world.dockerAdmin(), "three");
    assertThat(first.names()).containsExactly("one", "two");

    long position = first.told.getLast().position();
    Listening second = listen(world.dockerAdmin().caller(), new ChangeFeed.Start.After(position));
    create(world.dockerAdmin(), "four");
    assertThat(second.names()).containsExactly("three", "four");
  }

  @Test
  void aChangeBetweenTheSubscriptionAndTheSnapshotIsToldOnce() {
    Queue<Runnable> tasks = new ArrayDeque<>();
    try (ChangeFeed held = new ChangeFeed(world.engine(), tasks::add)) {
      Listening reader = new Listening(world.dockerAdmin().caller(), folder());
      var _ = held.follow(reader, new ChangeFeed.Start.Kept());
      create(world.dockerAdmin(), "between");
      while (!tasks.isEmpty()) {
        tasks.remove().run();
      }
      assertThat(reader.names()).containsExactly("between");
    }
  }

  @Test
  void aPositionThatIsTooOldIsSaidToBe() {
    create(world.dockerAdmin(), "one");
    long first = world.engine().read(tx -> tx.revision());
    create(world.dockerAdmin(), "two");
    create(world.dockerAdmin(), "three");
    world.advance(ChangeTrim.AGE_MAX.plusSeconds(1));
    await(new ChangeTrim(world.engine(), Runnable::run, 1).trim(world.now()));

    Listening late = listen(world.dockerAdmin().caller(), new ChangeFeed.Start.After(first));
    assertThat(late.ended).contains(ChangeFeed.End.LIST_AGAIN);
    long last = world.engine().read(KeptChanges::floor);
    Listening inTime = listen(world.dockerAdmin().caller(), new ChangeFeed.Start.After(last));
    assertThat(inTime.ended).isEmpty();
    assertThat(inTime.names()).containsExactly("three");
  }

  @Test
  void aPositionThisStoreHasNotComeToIsSaidToBeNone() {
    create(world.dockerAdmin(), "one");
    long now = world.engine().read(tx -> tx.revision());
    assertThat(listen(world.dockerAdmin().caller(), new ChangeFeed.Start.After(now)).ended)
        .isEmpty();
    assertThat(listen(world.dockerAdmin().caller(), new ChangeFeed.Start.After(now + 1)).ended)
        .contains(ChangeFeed.End.LIST_AGAIN);
    assertThat(listen(world.dockerAdmin().caller(), new ChangeFeed.Start.From(now + 1)).ended)
        .contains(ChangeFeed.End.LIST_AGAIN);
    assertThat(listen(world.dockerAdmin().caller(), new ChangeFeed.Start.From(now)).names())
        .containsExactly("one");
  }

  @Test
  void aReaderOfAQuietFolderLearnsHowFarHeHasComeAll() {
    Listening quiet = new Listening(world.admin().caller(), world.folder().id());
    var _ = feed.follow(quiet, new ChangeFeed.Start.Now());
    assertThat(quiet.upTo).isEqualTo(world.engine().read(tx -> tx.revision()));
    create(world.dockerAdmin(), "one");
    create(world.dockerAdmin(), "two");
    long now = world.engine().read(tx -> tx.revision());
    assertThat(quiet.upTo).isEqualTo(now - 1);
    assertThat(quiet.changes()).isEmpty();
  }

  @Test
  void aReaderWhoIsTooFarBehindIsTold() {
    long before = world.engine().read(tx -> tx.revision());
    leave(ChangeFeed.CATCH_UP_MAX);
    assertThat(listen(world.dockerAdmin().caller(), new ChangeFeed.Start.After(before)).changes())
        .hasSize(ChangeFeed.CATCH_UP_MAX);
    leave(1);
    assertThat(listen(world.dockerAdmin().caller(), new ChangeFeed.Start.After(before)).ended)
        .contains(ChangeFeed.End.LIST_AGAIN);
  }

  @Test
  void onlyTheNewestAreToldToOneWhoAsksForWhatIsKept() {
    leave(ChangeFeed.NEWEST_KEPT + 3);
    assertThat(listen(world.dockerAdmin().caller(), new ChangeFeed.Start.Kept()).changes())
        .hasSize(ChangeFeed.NEWEST_KEPT)
        .last()
        .extracting(SecretChange::secretId)
        .isEqualTo("s%06d".formatted(ChangeFeed.NEWEST_KEPT + 2));
  }

  @Test
  void aReaderSeesWhatHeMayReadAndNothingElse() {
    String secret = create(world.dockerAdmin(), "his");
    Call stranger = world.believed("ajestranger");
    Call granted = world.believed("ajegranted");
    Call viewer = world.believed("ajeviewer");
    world.bind(secret, Role.LOCKBOX_VIEWER, "ajegranted");
    world.bind(folder(), Role.LOCKBOX_VIEWER, "ajeviewer");
    world.bind(folder(), Role.LOCKBOX_PAYLOAD_VIEWER, "ajestranger");
    Listening nothing = listen(stranger.caller(), new ChangeFeed.Start.Kept());
    Listening one = listen(granted.caller(), new ChangeFeed.Start.Kept());
    Listening all = listen(viewer.caller(), new ChangeFeed.Start.Kept());
    Listening nobody = listen(world.nobody().caller(), new ChangeFeed.Start.Kept());

    create(world.dockerAdmin(), "another");
    update(secret, "his");
    assertThat(nothing.names()).isEmpty();
    assertThat(nobody.names()).isEmpty();
    assertThat(one.names()).containsExactly("his", "his");
    assertThat(all.names()).containsExactly("his", "another", "his");

    await(
        world
            .engine()
            .write(tx -> {
              Access.bind(tx, secret, List.of());
              Access.bind(tx, folder(), List.of());
              return true;
            }));
    update(secret, "his");
    assertThat(one.names()).hasSize(2);
    assertThat(all.names()).hasSize(3);
  }

  @Test
  void anotherFoldersChangesAreNotTold() {
    Listening reader = listen(world.dockerAdmin().caller(), new ChangeFeed.Start.Now());
    try (var command = Drafts.secret(world.folder().id(), "elsewhere", Drafts.text("k", "v"))) {
      await(world.secrets().create(world.admin(), command));
    }
    assertThat(reader.names()).isEmpty();
    assertThat(listen(world.admin().caller(), new ChangeFeed.Start.Kept()).names()).isEmpty();
  }

  @Test
  void oneReaderMoreThanThereMayBeIsRefused() {
    for (int i = 0; i < ChangeFeed.READERS_MAX; i++) {
      listen(world.dockerAdmin().caller(), new ChangeFeed.Start.Now());
    }
    Listening more = new Listening(world.dockerAdmin().caller(), folder());
    assertThatThrownBy(() -> feed.follow(more, new ChangeFeed.Start.Now()))
        .isInstanceOfSatisfying(
            CofferException.class,
            e -> assertThat(e.problem()).isInstanceOf(Problem.Exhausted.class));
  }

  @Test
  void moreChangesThanCanWaitEndEveryReader() {
    Queue<Runnable> tasks = new ArrayDeque<>();
    try (ChangeFeed held = new ChangeFeed(world.engine(), tasks::add)) {
      Listening reader = new Listening(world.dockerAdmin().caller(), folder());
      var _ = held.follow(reader, new ChangeFeed.Start.Now());
      tasks.remove().run();
      leave(ChangeFeed.HEARD_MAX + 1);
      while (!tasks.isEmpty()) {
        tasks.remove().run();
      }
      assertThat(reader.told).isEmpty();
      assertThat(reader.ended).contains(ChangeFeed.End.LIST_AGAIN);
    }
  }

  @Test
  void closingEndsEveryReaderAndThoseWhoComeLater() {
    Listening before = listen(world.dockerAdmin().caller(), new ChangeFeed.Start.Now());
    feed.close();
    Listening after = listen(world.dockerAdmin().caller(), new ChangeFeed.Start.Now());
    create(world.dockerAdmin(), "late");
    for (Listening reader : List.of(before, after)) {
      assertThat(reader.ended).contains(ChangeFeed.End.CLOSED);
      assertThat(reader.told).isEmpty();
    }
  }

  private Listening listen(Caller caller, ChangeFeed.Start start) {
    Listening reader = new Listening(caller, folder());
    reader.subscription = Optional.of(feed.follow(reader, start));
    return reader;
  }

  private String folder() {
    return world.dockerFolder().id();
  }

  private String create(Call call, String name) {
    try (var command = Drafts.docker(folder(), name, new byte[1])) {
      return await(world.secrets().create(call, command)).resourceId();
    }
  }

  private SecretView update(String secretId, String name) {
    SecretView view = await(world.dockerSecrets().inspect(world.dockerAdmin(), secretId));
    return await(
        world
            .dockerSecrets()
            .update(
                world.dockerAdmin(),
                new UpdateLabels(
                    secretId, name, Optional.empty(), new TreeMap<>(), view.revision())));
  }

  /** So many changes, by one call and without their secrets: the feed reads nothing else. */
  private void leave(int count) {
    ChangeWitness witness = new ChangeWitness(world.witness());
    Folder folder = world.dockerFolder();
    Call call = world.dockerAdmin();
    await(
        world
            .engine()
            .write(tx -> {
              for (int i = 0; i < count; i++) {
                witness.saw(
                    tx,
                    call,
                    Event.in(
                        folder.path(),
                        Action.UPDATE_SECRET,
                        Event.word("secret_id", "s%06d".formatted(i)),
                        Event.word("secret_name", "n")));
              }
              return true;
            }));
    world.advance(Duration.ofSeconds(1));
  }

  private SecretChange change(Action action, String secretId, String name, Instant at) {
    return new SecretChange(action, folder(), secretId, name, "", at);
  }

  private static final class Listening implements ChangeFeed.Reader {
    private final Caller caller;
    private final String folderId;
    private final List<SecretChange.Placed> told = new ArrayList<>();
    private Optional<ChangeFeed.End> ended = Optional.empty();
    private Optional<ChangeFeed.Subscription> subscription = Optional.empty();
    private boolean caughtUp;
    private long upTo;

    Listening(Caller caller, String folderId) {
      this.caller = caller;
      this.folderId = folderId;
    }

    List<SecretChange> changes() {
      return told.stream()
          .map(SecretChange.Placed::change)
          .map(c -> new SecretChange(c.action(), c.folderId(), c.secretId(), c.name(), "", c.at()))
          .toList();
    }

    List<String> names() {
      return told.stream().map(placed -> placed.change().name()).toList();
    }

    void leave() {
      subscription.orElseThrow().close();
    }

    @Override
    public Caller caller() {
      return caller;
    }

    @Override
    public String folderId() {
      return folderId;
    }

    @Override
    public void told(SecretChange.Placed change) {
      told.add(change);
    }

    @Override
    public void toldUpTo(long position) {
      upTo = position;
    }

    @Override
    public void caughtUp(long position) {
      upTo = position;
      caughtUp = true;
    }

    @Override
    public void ended(ChangeFeed.End end) {
      ended = Optional.of(end);
    }
  }
}
