package io.coffer.api.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.RunningCoffer;
import io.coffer.server.Setting;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class DiscoveryTest {
  @Test
  void everyServiceIsAtTheAddressThatIsAdvertised(@TempDir Path home) {
    try (RunningCoffer coffer =
        RunningCoffer.start(home, Map.of(Setting.ADVERTISE, "vault.example:443"))) {
      assertThat(coffer.rest().get("/endpoints", "").body())
          .isEqualTo(
              "{\"endpoints\":["
                  + String.join(
                      ",",
                      one("endpoint"),
                      one("iam"),
                      one("kms"),
                      one("kms-crypto"),
                      one("lockbox"),
                      one("lockbox-payload"),
                      one("operation"),
                      one("organization-manager"),
                      one("resource-manager"),
                      one("resourcemanager"))
                  + "]}");
      assertThat(coffer.rest().get("/endpoints/kms", "").body()).isEqualTo(one("kms"));
      assertThat(coffer.rest().get("/endpoints?pageSize=100", "").body())
          .doesNotContain("nextPageToken");
    }
  }

  private static String one(String id) {
    return "{\"id\":\"" + id + "\",\"address\":\"vault.example:443\"}";
  }
}
