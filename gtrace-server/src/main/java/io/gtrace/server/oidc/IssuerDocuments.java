package io.gtrace.server.oidc;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches what an issuer publishes: from trustworthy addresses only, never elsewhere than asked,
 * within bounds of time and size.
 */
final class IssuerDocuments implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final long MOST_BYTES = 1L << 20;
  private static final int OK = 200;

  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(Redirect.NEVER).connectTimeout(CONNECT).build();

  private final URI issuer;
  private final Duration patience;

  /**
   * @param issuer whose documents they are: those of one that encrypts must be encrypted too
   * @param patience until a whole document is there
   */
  IssuerDocuments(URI issuer, Duration patience) {
    this.issuer = issuer;
    this.patience = patience;
  }

  /**
   * @throws IOException if it is not there, too large, too slow, elsewhere, or its address cannot
   *     be trusted
   */
  String fetch(URI address) throws IOException {
    boolean lessThanIssuer =
        "https".equalsIgnoreCase(issuer.getScheme())
            && !"https".equalsIgnoreCase(address.getScheme());
    if (lessThanIssuer || !OidcOptions.isTrustworthy(address)) {
      throw new IOException(address + " is not https");
    }
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            HttpRequest.newBuilder(address).header("Accept", "application/json").build(),
            BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
    HttpResponse<byte[]> document = within(answer, address);
    if (document.statusCode() != OK) {
      throw new IOException(address + " answers " + document.statusCode());
    }
    return new String(document.body(), StandardCharsets.UTF_8);
  }

  private <T> T within(CompletableFuture<T> answer, URI address) throws IOException {
    try {
      return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      answer.cancel(true);
      throw new IOException(address + " does not answer", late);
    } catch (ExecutionException failed) {
      throw new IOException(address + " cannot be fetched: " + failed.getCause(), failed);
    } catch (InterruptedException ended) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException(address + " was not waited for", ended);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
