package io.coffer.auth;

import java.util.Optional;
import javax.net.ssl.SSLSession;

/**
 * What a request shows of who sent it. It does not print.
 *
 * @param authorization the header's value
 * @param session in which a certificate may have been shown; none without TLS
 */
public record Credentials(Optional<String> authorization, Optional<SSLSession> session) {
  @Override
  public String toString() {
    return "Credentials[redacted]";
  }
}
