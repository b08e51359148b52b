package io.coffer.core.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.CofferException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JwksUrlTest {
  @Test
  void aServerIsReadByItsParts() {
    assertThat(JwksUrl.parse("https://Token.Example.com/.well-known/jwks?a=b%20c"))
        .isEqualTo(
            new JwksUrl.Web(
                "https://Token.Example.com/.well-known/jwks?a=b%20c",
                true, "token.example.com", 443, "/.well-known/jwks?a=b%20c"));
    assertThat(JwksUrl.parse("https://10.0.0.1:6443"))
        .isEqualTo(new JwksUrl.Web("https://10.0.0.1:6443", true, "10.0.0.1", 6443, "/"));
    assertThat(JwksUrl.parse("https://[fd00::1]/k"))
        .isEqualTo(new JwksUrl.Web("https://[fd00::1]/k", true, "fd00::1", 443, "/k"));
  }

  @Test
  void aFileIsAnAbsolutePath() {
    for (String text : new String[] {"file:/keys/k.json", "file:///keys/k.json"}) {
      assertThat(JwksUrl.parse(text)).isEqualTo(new JwksUrl.File(text, "/keys/k.json"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost/k",
        "http://127.0.0.1:8080/k",
        "http://127.1.2.3",
        "http://[::1]/k"
      })
  void withoutTlsAServerIsOnThisMachine(String text) {
    assertThat(JwksUrl.parse(text)).isInstanceOf(JwksUrl.Web.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "keys.json",
        "/etc/passwd",
        "http://example.com/k",
        "http://10.0.0.1/k",
        "http://localhost.example.com/k",
        "http://127.0.0.1.example.com/k",
        "http://169.254.169.254/latest/meta-data",
        "http://2130706433/k",
        "https:///k",
        "https://user:pass@example.com/k",
        "https://example.com/k#f",
        "https://example.com:0/k",
        "https://example.com:65536/k",
        "https://exa mple.com/k",
        "https:example.com",
        "ftp://example.com/k",
        "jar:file:/a!/b",
        "file:keys.json",
        "file://host/keys.json",
        "file:/",
        "file:/keys/../etc/passwd",
        "file:/keys/%2e%2e/etc/passwd",
        "file:/keys/./k",
        "file:/keys//k",
        "file:/keys/",
        "file:/keys/k%00.json",
        "file:/keys/k?x",
        "file:/keys/k#x",
      })
  void whatIsNoSuchPlaceIsRefused(String text) {
    assertThatThrownBy(() -> JwksUrl.parse(text))
        .isInstanceOf(CofferException.class)
        .hasMessageContaining("jwks_url");
  }
}
