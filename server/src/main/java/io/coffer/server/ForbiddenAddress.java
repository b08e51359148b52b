package io.coffer.server;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Set;

/**
 * Addresses that nothing is fetched from for anybody: of the link, where clouds tell machines their
 * secrets, the other addresses at which some clouds do, and those that are nobody's.
 */
final class ForbiddenAddress {
  private static final Set<InetAddress> METADATA =
      Set.of(
          InetAddress.ofLiteral("fd00:ec2::254"),
          InetAddress.ofLiteral("fd20:ce::254"),
          InetAddress.ofLiteral("100.100.100.200"),
          InetAddress.ofLiteral("168.63.129.16"),
          InetAddress.ofLiteral("192.0.0.192"));

  private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};
  private static final byte[] COMPATIBLE = new byte[12];
  private static final byte[] SIX_TO_FOUR = {0x20, 0x02};

  private ForbiddenAddress() {}

  static boolean is(InetAddress address) {
    return address.isLinkLocalAddress()
        || address.isAnyLocalAddress()
        || address.isMulticastAddress()
        || METADATA.contains(address)
        || isNowhere(address)
        || (address instanceof Inet6Address && isWrapped(address.getAddress()));
  }

  /** 0.0.0.0/8 is this host on some systems; 240.0.0.0/4 is nobody's. */
  private static boolean isNowhere(InetAddress address) {
    int first = address.getAddress()[0] & 0xff;
    return address instanceof Inet4Address && (first == 0 || first >= 240);
  }

  /** An address of the fourth version inside one of the sixth, which a gateway may unwrap. */
  private static boolean isWrapped(byte[] address) {
    if (startsWith(address, NAT64)) {
      return is(inside(address, 12));
    }
    if (startsWith(address, SIX_TO_FOUR)) {
      return is(inside(address, 2));
    }
    // Of ::/96, where ::1 is loopback and stands for no other.
    return startsWith(address, COMPATIBLE) && !isLoopback(address) && is(inside(address, 12));
  }

  private static boolean isLoopback(byte[] address) {
    return address[12] == 0 && address[13] == 0 && address[14] == 0 && address[15] == 1;
  }

  private static boolean startsWith(byte[] address, byte[] prefix) {
    return Arrays.equals(address, 0, prefix.length, prefix, 0, prefix.length);
  }

  private static InetAddress inside(byte[] address, int from) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(address, from, from + 4));
    } catch (UnknownHostException e) {
      throw new AssertionError("four bytes are an address", e);
    }
  }
}
