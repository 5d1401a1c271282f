package io.gtrace.server;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.RollupFiles.Pricing;
import io.gtrace.ratecard.RateCard;
import io.gtrace.server.api.ApiOptions;
import io.gtrace.server.http.Sockets;
import io.gtrace.server.page.PageOptions;
import io.gtrace.uncertainty.Draws;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A server on ports of its own, and a client of it. */
public final class TestServer implements AutoCloseable {
  /** Compiling factors takes longest, and they are the same for all. */
  private static final RateCard CARD = card();

  private final Path ledger;
  private final Server server;
  private final HttpClient client = HttpClient.newHttpClient();

  private TestServer(Path ledger, Server server) {
    this.ledger = ledger;
    this.server = server;
  }

  /** What prices. */
  public static RateCard ratecard() {
    return CARD;
  }

  private static RateCard card() {
    FactorCatalogue catalogue = FactorCatalogue.shipped();
    return new RateCard(catalogue, Draws.standard(catalogue.correlations()), Fallback.ALLOW);
  }

  public static TestServer on(Path ledger) {
    return on(ledger, AccessOptions.LOCAL);
  }

  public static TestServer on(Path ledger, AccessOptions access) {
    return on(
        Map.of(ServerOptions.ONLY_ORGANISATION, ledger),
        access,
        ApiOptions.USUAL,
        PageOptions.NONE,
        Sockets.STANDARD);
  }

  static TestServer on(Path ledger, ApiOptions api) {
    return on(
        Map.of(ServerOptions.ONLY_ORGANISATION, ledger),
        AccessOptions.LOCAL,
        api,
        PageOptions.NONE,
        Sockets.STANDARD);
  }

  public static TestServer on(Path ledger, PageOptions pages) {
    return on(
        Map.of(ServerOptions.ONLY_ORGANISATION, ledger),
        AccessOptions.LOCAL,
        ApiOptions.USUAL,
        pages,
        Sockets.STANDARD);
  }

  public static TestServer on(Map<String, Path> ledgers, AccessOptions access) {
    return on(ledgers, access, ApiOptions.USUAL, PageOptions.NONE, Sockets.STANDARD);
  }

  /** With bounds on connections that a test can reach. */
  static TestServer on(Path ledger, Sockets sockets) {
    return on(
        Map.of(ServerOptions.ONLY_ORGANISATION, ledger),
        AccessOptions.LOCAL,
        ApiOptions.USUAL,
        PageOptions.NONE,
        sockets);
  }

  /** The first of the ledgers is that of {@link #totalAfterStop()}. */
  private static TestServer on(
      Map<String, Path> ledgers,
      AccessOptions access,
      ApiOptions api,
      PageOptions pages,
      Sockets sockets) {
    ServerOptions options =
        new ServerOptions(
            InetAddress.getLoopbackAddress(),
            0,
            0,
            0,
            ledgers,
            Duration.ofMillis(50),
            access,
            api,
            pages);
    Path ledger = ledgers.values().iterator().next();
    return new TestServer(
        ledger, Server.start(options, () -> CARD, Clock.systemUTC(), "test", sockets));
  }

  public Server server() {
    return server;
  }

  /** A request to a path of the API. */
  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  /** A request as a client of no manners writes it: the status line of the answer. */
  public String raw(String request) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket
          .getOutputStream()
          .write(request.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
          .readLine();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public HttpResponse<String> get(String path) {
    return send(request(path).build());
  }

  public HttpResponse<String> post(String path, String body, String... headers) {
    HttpRequest.Builder request = request(path).POST(BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  public HttpResponse<String> send(HttpRequest request) {
    return send(request, BodyHandlers.ofString());
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return client.send(request, handler);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException ended) {
      throw new IllegalStateException(ended);
    }
  }

  /** A request to a path of the OTLP receiver. */
  public HttpRequest.Builder otlp(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.otlpHttpPort() + path));
  }

  /** Sends, for an answer that is no text. */
  public HttpResponse<byte[]> sendForBytes(HttpRequest request) {
    return send(request, BodyHandlers.ofByteArray());
  }

  /** Lines of the ledger, by some dimensions, once all that was acknowledged is in it. */
  public List<QueryLine> linesAfterStop(GroupBy... dimensions) {
    close();
    try (LedgerQuery query = LedgerQuery.open(Ledger.open(ledger).snapshot(), Pricing.CURRENT)) {
      return query.by(List.of(dimensions), Period.ALL);
    }
  }

  /** What the ledger holds, once all that was acknowledged is in it: the server is stopped. */
  public QueryLine totalAfterStop() {
    close();
    try (LedgerQuery query = LedgerQuery.open(Ledger.open(ledger).snapshot(), Pricing.CURRENT)) {
      return query.total(Period.ALL);
    }
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
