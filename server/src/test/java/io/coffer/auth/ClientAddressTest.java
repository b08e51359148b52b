package io.coffer.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClientAddressTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64",
    "2001:db8:1:2::9, 2001:db8:1:2::/64",
    "::1, 0:0:0:0::/64",
    "fe80::1, fe80:0:0:0::/64",
    "::ffff:192.0.2.7, 192.0.2.7",
  })
  void ofVersion6TheNetworkCounts(String address, String network) throws UnknownHostException {
    assertThat(ClientAddress.network(InetAddress.getByName(address).getHostAddress()))
        .isEqualTo(network);
  }

  @Test
  void whatComesByAUnixSocketHasNone() {
    assertThat(ClientAddress.network(ClientAddress.UNIX)).isEqualTo("unix");
  }
}
