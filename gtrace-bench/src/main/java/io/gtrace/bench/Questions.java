package io.gtrace.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Somebody who asks a server for pages and roll-ups, one after the other. */
final class Questions implements AutoCloseable {
  private static final List<String> ASKED =
      List.of(
          "/",
          "/explore",
          "/explore?by=model",
          "/v1/footprints?by=team",
          "/v1/footprints?by=model,region",
          "/v1/footprints?by=day",
          "/v1/footprints");

  private static final List<String> SPLIT_BY = List.of("team", "model", "region", "app");

  /** No two of {@link #HOURS_OF_STARTS} pages begin at the same hour. */
  private static final int HOURS_APART = 37;

  private static final int HOURS_OF_STARTS = 22 * 24;

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI server;
  private int next;
  private int nextNew;

  private Questions(URI server) {
    this.server = server;
  }

  /** To the server of this machine that listens on a port. */
  static Questions to(int port) {
    return new Questions(URI.create("http://localhost:" + port));
  }

  /** Asks whether the server is ready. */
  void requireHealth() throws IOException, InterruptedException {
    get("/health");
  }

  /**
   * Asks for some time.
   *
   * @param pause after each answer
   * @return the waits for answers, in milliseconds
   */
  List<Double> ask(Duration howLong, Duration pause) throws IOException, InterruptedException {
    List<Double> waitsMs = new ArrayList<>();
    long end = System.nanoTime() + howLong.toNanos();
    while (System.nanoTime() < end) {
      long began = System.nanoTime();
      get(ASKED.get(next));
      waitsMs.add(1e3 * Probe.secondsSince(began));
      next = (next + 1) % ASKED.size();
      Thread.sleep(pause);
    }
    return waitsMs;
  }

  /**
   * Asks for some time for pages that nobody asked for before, each of another week of the month
   * that {@link UsageGenerator} makes up, or split another way.
   *
   * @return the waits for answers, in milliseconds
   */
  List<Double> askNew(Duration howLong) throws IOException, InterruptedException {
    List<Double> waitsMs = new ArrayList<>();
    long end = System.nanoTime() + howLong.toNanos();
    while (System.nanoTime() < end) {
      int hours = nextNew * HOURS_APART % HOURS_OF_STARTS;
      Instant from = UsageGenerator.START.plus(Duration.ofHours(hours));
      int split = (nextNew + nextNew / HOURS_OF_STARTS) % SPLIT_BY.size();
      String path =
          "/explore?by="
              + SPLIT_BY.get(split)
              + "&from="
              + from
              + "&to="
              + from.plus(Duration.ofDays(7));
      nextNew++;
      long began = System.nanoTime();
      get(path);
      waitsMs.add(1e3 * Probe.secondsSince(began));
    }
    return waitsMs;
  }

  private void get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(HttpRequest.newBuilder(server.resolve(path)).build(), BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(path + " answered with " + answer.statusCode());
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
