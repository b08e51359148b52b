package io.coffer.auth;

/** Where a client is, as far as one client can choose: of IPv6 it has a network of /64. */
public final class ClientAddress {
  /** What calls over a Unix socket say. */
  public static final String UNIX = "unix";

  private static final int NETWORK_GROUPS = 4;

  private ClientAddress() {}

  /**
   * The address itself, or the network it is in.
   *
   * @param address as the platform writes it: of IPv6 all eight groups
   */
  public static String network(String address) {
    int end = -1;
    for (int group = 0; group < NETWORK_GROUPS; group++) {
      end = address.indexOf(':', end + 1);
      if (end < 0) {
        return address;
      }
    }
    return address.substring(0, end) + "::/64";
  }
}
