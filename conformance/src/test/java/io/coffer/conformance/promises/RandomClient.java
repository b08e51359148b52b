package io.coffer.conformance.promises;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.conformance.ClientEnvironment;
import io.coffer.conformance.cases.Mismatch;
import io.coffer.conformance.docker.DockerClient;
import io.coffer.conformance.docker.HttpAnswer;
import io.coffer.conformance.lockbox.LockboxClient;
import java.util.Base64;
import java.util.HashSet;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/** One client of both doors that does what comes to its mind, and checks what it is told. */
final class RandomClient implements AutoCloseable {
  private static final int NAMES = 120;
  private static final int CREATED = 201;
  private static final int UPDATED = 200;
  private static final int REMOVED = 204;

  private final int number;
  private final Random random;
  private final Ledger ledger;
  private final String folder;
  private final DockerClient docker;
  private final LockboxClient lockbox;
  private int serial;
  private long lastIndex;

  RandomClient(int number, long seed, Ledger ledger, ClientEnvironment environment) {
    this.number = number;
    this.random = new Random(seed);
    this.ledger = ledger;
    this.folder = environment.dockerFolderId();
    this.docker = new DockerClient(environment.dockerSocket());
    this.lockbox = new LockboxClient(environment);
  }

  void act() {
    switch (random.nextInt(10)) {
      case 0, 1 -> createByDocker();
      case 2 -> createByLockbox();
      case 3, 4 -> ledger.any(random).ifPresent(this::update);
      case 5 -> ledger.any(random).ifPresent(this::addVersion);
      case 6 -> ledger.any(random).ifPresent(this::remove);
      case 7, 8 -> ledger.any(random).ifPresent(this::read);
      default -> list();
    }
  }

  /** In any case: names that differ in nothing else are one name. */
  private String name() {
    String name = "both-doors-" + random.nextInt(NAMES);
    return random.nextBoolean() ? name : name.toUpperCase(Locale.ROOT);
  }

  /** Something that nobody else writes. */
  private String unique() {
    return "c%d-%d".formatted(number, serial++);
  }

  private void createByDocker() {
    Ledger.Created secret = new Ledger.Created(name(), unique(), unique());
    HttpAnswer answer =
        docker.post(
            "/secrets/create",
            "{\"Name\":\"%s\",\"Labels\":{\"w\":\"%s\"},\"Data\":\"%s\"}"
                .formatted(
                    secret.name(),
                    secret.label(),
                    Base64.getEncoder().encodeToString(secret.value().getBytes(UTF_8))));
    if (answer.status() == CREATED) {
      created(answer.json().path("ID").asText(), secret);
    } else {
      assertThat(answer.status() + " " + answer.text())
          .isEqualTo(
              "409 {\"message\":\"rpc error: code = AlreadyExists desc = secret %s already exists\"}\n"
                  .formatted(secret.name()));
    }
  }

  private void createByLockbox() {
    Ledger.Created secret = new Ledger.Created(name().toLowerCase(Locale.ROOT), unique(), unique());
    try {
      JsonNode operation =
          lockbox.post(
              "/lockbox/v1/secrets",
              """
              {"folderId":"%s","name":"%s","labels":{"w":"%s"},
               "versionPayloadEntries":[{"key":"data","textValue":"%s"}]}
              """
                  .formatted(folder, secret.name(), secret.label(), secret.value()));
      created(operation.at("/metadata/secretId").asText(), secret);
    } catch (Mismatch refused) {
      assertThat(refused).hasMessageContaining("answered 409");
    }
  }

  private void created(String id, Ledger.Created secret) {
    ledger.created(id, secret);
    wrote(id);
  }

  /** What this client wrote is newer than anything it has seen. */
  private void wrote(String id) {
    HttpAnswer answer = docker.send("GET", "/secrets/" + id);
    if (isThere(id, answer)) {
      long index = answer.json().at("/Version/Index").asLong();
      assertThat(index).as("index after a write").isGreaterThan(lastIndex);
      lastIndex = index;
      ledger.seen(id, index);
    }
  }

  private boolean isThere(String id, HttpAnswer answer) {
    if (answer.status() == 404) {
      ledger.missed(id);
      return false;
    }
    assertThat(answer.status()).as(answer.text()).isEqualTo(UPDATED);
    return true;
  }

  private void update(String id) {
    HttpAnswer seen = docker.send("GET", "/secrets/" + id);
    if (!isThere(id, seen)) {
      return;
    }
    long index = seen.json().at("/Version/Index").asLong();
    ledger.seen(id, index);
    String label = unique();
    HttpAnswer answer =
        docker.post(
            "/secrets/" + id + "/update?version=" + index,
            "{\"Name\":\"%s\",\"Labels\":{\"w\":\"%s\"}}".formatted(ledger.of(id).name(), label));
    if (answer.text().contains("update out of sequence")) {
      assertThat(answer.status()).isEqualTo(500);
    } else if (isThere(id, answer)) {
      ledger.updated(id, index, label);
      wrote(id);
    }
  }

  private void remove(String id) {
    HttpAnswer answer = docker.send("DELETE", "/secrets/" + id);
    if (answer.status() == REMOVED) {
      ledger.removed(id);
    } else {
      assertThat(answer.status()).as(answer.text()).isEqualTo(404);
      ledger.missed(id);
    }
  }

  private void addVersion(String id) {
    String value = unique();
    ledger.writes(id, value);
    try {
      ledger.value(id, lockbox.addVersion(id, "data", value), value);
    } catch (Mismatch refused) {
      missedByLockbox(id, refused);
    }
  }

  private void read(String id) {
    try {
      JsonNode payload = lockbox.read("/lockbox/v1/secrets/" + id + "/payload");
      ledger.value(
          id, payload.path("versionId").asText(), payload.at("/entries/0/textValue").asText());
    } catch (Mismatch refused) {
      missedByLockbox(id, refused);
    }
  }

  private void missedByLockbox(String id, Mismatch refused) {
    assertThat(refused).hasMessageContaining("answered 404");
    ledger.missed(id);
  }

  private void list() {
    Set<String> names = new HashSet<>();
    for (String name : docker.names()) {
      assertThat(names.add(name.toLowerCase(Locale.ROOT))).as("only one %s", name).isTrue();
    }
  }

  @Override
  public void close() {
    docker.close();
    lockbox.close();
  }
}
