package io.gtrace.server;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.RollupFiles.Pricing;
import io.gtrace.ratecard.RateCard;
import io.gtrace.server.page.PageOptions;
import io.gtrace.uncertainty.Draws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
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

  private static RateCard card() {
    FactorCatalogue catalogue = FactorCatalogue.shipped();
    return new RateCard(catalogue, Draws.standard(catalogue.correlations()), Fallback.ALLOW);
  }

  public static TestServer on(Path ledger) {
    ServerOptions options =
        new ServerOptions(
            InetAddress.getLoopbackAddress(),
            0,
            0,
            0,
            Map.of(ServerOptions.ONLY_ORGANISATION, ledger),
            Duration.ofMillis(50),
            PageOptions.NONE);
    return new TestServer(ledger, Server.start(options, CARD, Clock.systemUTC(), "test"));
  }

  public Server server() {
    return server;
  }

  /** A request to a path of the API. */
  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
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
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException ended) {
      throw new IllegalStateException(ended);
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
