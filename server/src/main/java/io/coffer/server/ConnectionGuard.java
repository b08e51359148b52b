package io.coffer.server;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.util.DomainSocketAddress;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.coffer.api.rpc.Connections;
import io.coffer.auth.ClientAddress;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.Attribute;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what a connection may take before there is a request on it: how many come from one
 * address, how long a handshake lasts, and how long the first line and the headers of a request
 * over HTTP/1 take from their first byte on. One that overdoes it is closed without a word. Between
 * requests a connection may be idle for as long as the listener says. Unix sockets have no address,
 * and are not counted.
 */
final class ConnectionGuard implements DecoratingHttpServiceFunction {
  private static final AttributeKey<AtomicInteger> STREAMS =
      AttributeKey.valueOf(ConnectionGuard.class, "STREAMS");

  private final int perAddress;
  private final Duration handshakeMax;
  private final Duration headMax;
  private final Map<String, Integer> open = new ConcurrentHashMap<>();

  /**
   * A guard of one listener.
   *
   * @param perAddress 0 if they are not to be counted
   */
  ConnectionGuard(int perAddress, Duration handshakeMax, Duration headMax) {
    this.perAddress = perAddress;
    this.handshakeMax = handshakeMax;
    this.headMax = headMax;
  }

  void applyTo(ServerBuilder server) {
    server.childChannelPipelineCustomizer(this::watch).decorator(this);
  }

  private void watch(ChannelPipeline pipeline) {
    Channel channel = pipeline.channel();
    if (!enter(channel)) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
      var _ = channel.close();
      return;
    }
    HeadWatch head = new HeadWatch();
    if (pipeline.get(SniHandler.class) == null) {
      pipeline.addFirst(head);
      return;
    }
    pipeline.addLast(head); // What reads HTTP comes after it, when the handshake is done.
    Future<?> deadline =
        channel
            .eventLoop()
            .schedule(
                () -> endUnlessShaken(pipeline), handshakeMax.toNanos(), TimeUnit.NANOSECONDS);
    channel.closeFuture().addListener(_ -> deadline.cancel(false));
  }

  private static void endUnlessShaken(ChannelPipeline pipeline) {
    SslHandler tls = pipeline.get(SslHandler.class);
    if (tls == null || !tls.handshakeFuture().isSuccess()) {
      var _ = pipeline.channel().close();
    }
  }

  private boolean enter(Channel channel) {
    Optional<String> network = network(channel);
    if (perAddress == 0 || network.isEmpty()) {
      return true;
    }
    int now = open.merge(network.get(), 1, Integer::sum);
    channel
        .closeFuture()
        .addListener(_ -> open.computeIfPresent(network.get(), (_, n) -> n > 1 ? n - 1 : null));
    return now <= perAddress;
  }

  private static Optional<String> network(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress inet
            && !(inet instanceof DomainSocketAddress)
            && inet.getAddress() != null
        ? Optional.of(ClientAddress.network(inet.getAddress().getHostAddress()))
        : Optional.empty();
  }

  /** Whoever comes so far has said what he asks for. */
  @Override
  public HttpResponse serve(HttpService delegate, ServiceRequestContext ctx, HttpRequest req)
      throws Exception {
    if (ctx.sessionProtocol().isMultiplex()) {
      requireRoom(ctx);
    } else {
      HeadWatch head = Connections.of(ctx).pipeline().get(HeadWatch.class);
      if (head != null) {
        head.asked();
        var _ = ctx.log().whenComplete().thenRun(head::answered);
      }
    }
    return delegate.serve(ctx, req);
  }

  /** A client that never acknowledges our settings is not held to them below us. */
  private static void requireRoom(ServiceRequestContext ctx) {
    Attribute<AtomicInteger> streams = Connections.of(ctx).attr(STREAMS);
    streams.setIfAbsent(new AtomicInteger());
    AtomicInteger open = streams.get();
    boolean room = open.incrementAndGet() <= Listeners.STREAMS_MAX;
    var _ = ctx.log().whenComplete().thenRun(open::decrementAndGet);
    if (!room) {
      throw HttpStatusException.of(HttpStatus.SERVICE_UNAVAILABLE);
    }
  }

  /** Sees the bytes of HTTP before anybody reads them. */
  private final class HeadWatch extends ChannelInboundHandlerAdapter {
    private volatile boolean expected = true;
    private volatile @Nullable Future<?> deadline;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
      if (expected) {
        expected = false;
        deadline =
            ctx.executor()
                .schedule(() -> endUnlessMultiplexed(ctx), headMax.toNanos(), TimeUnit.NANOSECONDS);
      }
      ctx.fireChannelRead(bytes);
    }

    /** Over HTTP/2 a connection may be open for long before anything is asked. */
    private void endUnlessMultiplexed(ChannelHandlerContext ctx) {
      if (ctx.pipeline().get(Http2ConnectionHandler.class) == null) {
        var _ = ctx.close();
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      asked();
      ctx.fireChannelInactive();
    }

    void asked() {
      Future<?> pending = deadline;
      if (pending != null) {
        pending.cancel(false);
      }
    }

    /** The next bytes begin another request. */
    void answered() {
      expected = true;
    }
  }
}
