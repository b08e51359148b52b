package io.coffer.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * A host and a port, as {@code HOST:PORT} or {@code [IPV6]:PORT}.
 *
 * @param port 0 to 65535; 0 lets the system choose
 */
public record Address(String host, int port) {
  private static final int PORT_MAX = 65_535;

  /** Throws {@link IllegalArgumentException} with the rule that is broken. */
  public static Address parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon <= 0) {
      throw new IllegalArgumentException("must be HOST:PORT");
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      if (port < 0 || port > PORT_MAX) {
        throw new IllegalArgumentException("port must be 0 to 65535");
      }
      return new Address(host, port);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("port must be a number");
    }
  }

  boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  InetSocketAddress toSocketAddress() {
    return new InetSocketAddress(host, port);
  }

  /** Whether it stands for every address of the machine, and so for none a client could use. */
  boolean isWildcard() {
    return host.equals("0.0.0.0") || host.equals("::");
  }

  /** Where a client on this machine reaches it. */
  Address fromHere() {
    return isWildcard() ? new Address("127.0.0.1", port) : this;
  }

  Address withPort(int bound) {
    return new Address(host, bound);
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
