package io.coffer.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An issuer's server on this machine, which says what it is told to. */
public final class LoopbackIssuer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger questions = new AtomicInteger();
  private volatile Answering answering = exchange -> send(exchange, 404, "");

  private LoopbackIssuer(HttpServer server) {
    this.server = server;
  }

  /** How a question is answered. */
  @FunctionalInterface
  public interface Answering {
    void answer(HttpExchange exchange) throws IOException;
  }

  public static LoopbackIssuer start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      LoopbackIssuer issuer = new LoopbackIssuer(server);
      server.setExecutor(issuer.threads);
      server.createContext("/", issuer::serve);
      server.start();
      return issuer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    questions.incrementAndGet();
    try (exchange) {
      answering.answer(exchange);
    }
  }

  static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(bytes);
      }
    }
  }

  public void answer(String jwks) {
    answering = exchange -> send(exchange, 200, jwks);
  }

  /** Says that it was asked, and answers with nothing when the other is counted down. */
  public void hang(CountDownLatch asked, CountDownLatch over) {
    answering =
        exchange -> {
          asked.countDown();
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
  }

  void answer(Answering how) {
    answering = how;
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/jwks";
  }

  int port() {
    return server.getAddress().getPort();
  }

  public int questions() {
    return questions.get();
  }

  /** Answers nobody any more. */
  public void goDown() {
    server.stop(0);
  }

  @Override
  public void close() {
    goDown();
    threads.shutdownNow();
  }
}
