package io.coffer.core.change;

import static io.coffer.testing.SimWorld.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.Bytes;
import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Event;
import io.coffer.core.Keyspace;
import io.coffer.engine.ReadTx;
import io.coffer.engine.Stamp;
import io.coffer.testing.SimWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ChangeTrimTest {
  private SimWorld world = SimWorld.of(1);

  @BeforeEach
  void start() {
    world = SimWorld.of(8);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void whatIsTooOldGoesButForTheNewest() {
    leave(ChangeFeed.NEWEST_KEPT + 10);
    assertThat(trim(ChangeTrim.KEPT_MAX)).isZero();
    world.advance(ChangeTrim.AGE_MAX);
    assertThat(trim(ChangeTrim.KEPT_MAX)).isZero();
    world.advance(Duration.ofNanos(1));
    assertThat(trim(ChangeTrim.KEPT_MAX)).isEqualTo(10);
    assertThat(kept()).hasSize(ChangeFeed.NEWEST_KEPT);
    assertThat(trim(ChangeTrim.KEPT_MAX)).isZero();
  }

  @Test
  void whatIsTooMuchGoesWhateverItsAge() {
    leave(2_500);
    List<Bytes> all = kept();
    assertThat(trim(1_300)).isEqualTo(1_200);
    assertThat(kept()).isEqualTo(all.subList(1_200, 2_500));
    assertThat(trim(1_300)).isZero();
    assertThat(trim(1)).isEqualTo(1_299);
  }

  @Test
  void theFloorIsThePositionOfTheNewestThatIsGone() {
    assertThat(floor()).isZero();
    leave(3);
    long third = world.engine().read(ReadTx::revision);
    leave(ChangeFeed.NEWEST_KEPT);
    world.advance(ChangeTrim.AGE_MAX.plusSeconds(1));
    assertThat(trim(ChangeTrim.KEPT_MAX)).isEqualTo(3);
    assertThat(floor()).isEqualTo(third);
  }

  private int trim(int keptMax) {
    return await(new ChangeTrim(world.engine(), Runnable::run, keptMax).trim(world.now()));
  }

  private long floor() {
    return world.engine().read(KeptChanges::floor);
  }

  private List<Bytes> kept() {
    List<Bytes> keys = new ArrayList<>();
    world
        .engine()
        .read(tx -> {
          KeptChanges.eachPage(tx, page -> page.stream().map(Stamp::key).forEach(keys::add));
          return true;
        });
    assertThat(keys).allMatch(Keyspace::isChange);
    return keys;
  }

  private void leave(int count) {
    ChangeWitness witness = new ChangeWitness(world.witness());
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
                        world.dockerFolder().path(),
                        Action.UPDATE_SECRET,
                        Event.word("secret_id", "s" + i)));
              }
              return true;
            }));
  }
}
