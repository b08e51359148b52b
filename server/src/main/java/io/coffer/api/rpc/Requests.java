package io.coffer.api.rpc;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.util.DomainSocketAddress;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.coffer.Entropy;
import io.coffer.auth.ClientAddress;
import io.coffer.auth.Credentials;
import io.coffer.core.Call;
import io.coffer.core.Caller;
import io.netty.util.AsciiString;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request is known by: its id, its time, where it came from. Nobody is believed yet. */
public final class Requests {
  /** Browsers say by it where a request comes from; nothing else sends it. */
  private static final AsciiString FETCH_SITE = HttpHeaderNames.of("sec-fetch-site");

  private static final AttributeKey<Call> CALL = AttributeKey.valueOf(Requests.class, "CALL");
  private static final int ID_LENGTH = 16;
  private static final String CLIENT_REQUEST_ID = "x-client-request-id";
  private static final String CLIENT_TRACE_ID = "x-client-trace-id";

  /** What is said back; anything else a client calls his request is not. */
  private static final Pattern CLIENT_ID = Pattern.compile("[!-~]{1,128}");

  private final InstantSource clock;
  private final Entropy entropy;

  public Requests(InstantSource clock, Entropy entropy) {
    this.clock = clock;
    this.entropy = entropy;
  }

  /** Names the request; what every answer says of it is in {@link #headers}. */
  public Call admit(ServiceRequestContext ctx, Call.Door door) {
    RequestHeaders headers = ctx.request().headers();
    Call call =
        new Call(
            Caller.nobody(),
            door,
            clock.instant(),
            newId(),
            remote(ctx.remoteAddress()),
            headers.get(HttpHeaderNames.USER_AGENT, ""));
    ctx.setAttr(CALL, call);
    return call;
  }

  /**
   * What an answer says of its request in headers: our id under the names that clients read, and
   * the ids that the client gave it, if they are such.
   */
  public static void headers(
      String requestId, RequestHeaders asked, BiConsumer<String, String> add) {
    add.accept("x-request-id", requestId);
    add.accept("x-server-request-id", requestId);
    add.accept("x-server-trace-id", requestId);
    // Not taken for ours: whoever chooses an id could choose another's.
    String given = asked.get(CLIENT_REQUEST_ID, asked.get("x-request-id", ""));
    if (CLIENT_ID.matcher(given).matches()) {
      add.accept(CLIENT_REQUEST_ID, given);
    }
    String trace = asked.get(CLIENT_TRACE_ID, "");
    if (CLIENT_ID.matcher(trace).matches()) {
      add.accept(CLIENT_TRACE_ID, trace);
    }
  }

  /** The id of a request, as of {@link #admit}, or a new one if it never came so far. */
  public String idOr(@Nullable ServiceRequestContext ctx) {
    Call call = ctx == null ? null : ctx.attr(CALL);
    return call == null ? newId() : call.requestId();
  }

  /** Whether {@link #admit} has seen it, so that its answer has the headers already. */
  public static boolean admitted(@Nullable ServiceRequestContext ctx) {
    return ctx != null && ctx.hasAttr(CALL);
  }

  /**
   * What it shows of who sent it, in headers and in the handshake. Of what a page in a browser
   * sends the certificate does not count: the browser shows it for any page, unasked.
   */
  public static Credentials credentials(ServiceRequestContext ctx) {
    RequestHeaders headers = ctx.request().headers();
    return new Credentials(
        Optional.ofNullable(headers.get(HttpHeaderNames.AUTHORIZATION)),
        isOfAPage(headers) ? Optional.empty() : Optional.ofNullable(ctx.sslSession()));
  }

  private static boolean isOfAPage(RequestHeaders headers) {
    return headers.contains(HttpHeaderNames.ORIGIN) || headers.contains(FETCH_SITE);
  }

  static String idOf(ServiceRequestContext ctx) {
    return of(ctx).requestId();
  }

  /** The call that was admitted with this context. */
  public static Call of(ServiceRequestContext ctx) {
    Call call = ctx.attr(CALL);
    if (call == null) {
      throw new AssertionError("a request that was not admitted");
    }
    return call;
  }

  /** A UUID's form, since that is what clients expect to see. */
  private String newId() {
    byte[] bytes = entropy.bytes(ID_LENGTH);
    bytes[6] = (byte) ((bytes[6] & 0x0f) | 0x40);
    bytes[8] = (byte) ((bytes[8] & 0x3f) | 0x80);
    String hex = HexFormat.of().formatHex(bytes);
    return String.join(
        "-",
        hex.substring(0, 8),
        hex.substring(8, 12),
        hex.substring(12, 16),
        hex.substring(16, 20),
        hex.substring(20));
  }

  private static String remote(SocketAddress address) {
    // A Unix socket's address here is a kind of internet address, with a made-up one inside.
    return address instanceof InetSocketAddress inet
            && !(address instanceof DomainSocketAddress)
            && inet.getAddress() != null
        ? inet.getAddress().getHostAddress()
        : ClientAddress.UNIX;
  }
}
