package io.gtrace.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Sends batches of spans over some connections, each with one request on its way at a time. */
final class SpanLoad {
  private final int port;
  private final int connections;
  private final int spansOfABatch;
  private final InstantSource clock;
  private final AtomicLong nextId = new AtomicLong();

  SpanLoad(int port, int connections, int spansOfABatch, InstantSource clock) {
    this.port = port;
    this.connections = connections;
    this.spansOfABatch = spansOfABatch;
    this.clock = clock;
  }

  /**
   * What came of sending.
   *
   * @param spans that were acknowledged
   * @param refused requests that the server had no room for, and that were sent again
   * @param seconds it took
   * @param waitsNs from when a request was due to its acknowledgement, each
   */
  record Sent(long spans, long refused, double seconds, List<Long> waitsNs) {
    double spansPerSecond() {
      return spans / seconds;
    }

    /** The wait in milliseconds that a share of requests had at most. */
    double waitMs(double share) {
      List<Long> sorted = waitsNs.stream().sorted().toList();
      int at = (int) Math.ceil(share * sorted.size()) - 1;
      return sorted.get(Math.max(0, at)) / 1e6;
    }
  }

  /**
   * Sends for some time.
   *
   * @param spansPerSecond how many; infinite for as many as are acknowledged
   */
  Sent send(double seconds, double spansPerSecond) throws IOException, InterruptedException {
    long began = System.nanoTime();
    long end = began + (long) (seconds * 1e9);
    long everyNs = (long) (1e9 * connections * spansOfABatch / spansPerSecond);
    try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      List<Future<Sent>> parts = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        long first = began + everyNs * i / connections;
        SpanBatch batch = new SpanBatch(spansOfABatch, "team-" + i, new Random(i));
        Callable<Sent> part = () -> sendOver(batch, first, end, everyNs);
        parts.add(threads.submit(part));
      }
      long spans = 0;
      long refused = 0;
      List<Long> waits = new ArrayList<>();
      for (Future<Sent> each : parts) {
        Sent part = each.get();
        spans += part.spans();
        refused += part.refused();
        waits.addAll(part.waitsNs());
      }
      return new Sent(spans, refused, (System.nanoTime() - began) / 1e9, waits);
    } catch (ExecutionException failed) {
      throw new IOException("a connection broke", failed.getCause());
    }
  }

  private Sent sendOver(SpanBatch batch, long first, long end, long everyNs)
      throws IOException, InterruptedException {
    List<Long> waits = new ArrayList<>();
    long refused = 0;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (long due = first; due < end; ) {
        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        long began = everyNs == 0 ? System.nanoTime() : due;
        byte[] body = batch.renewed(nextId.getAndAdd(batch.spans()), clock.instant());
        while (!exchange(out, in, body)) {
          refused++;
          TimeUnit.MILLISECONDS.sleep(100);
        }
        waits.add(System.nanoTime() - began);
        due = everyNs == 0 ? System.nanoTime() : due + everyNs;
      }
    }
    return new Sent((long) waits.size() * batch.spans(), refused, 0, waits);
  }

  /** Whether a request was acknowledged; if not, it should come again. */
  private boolean exchange(OutputStream out, InputStream in, byte[] body) throws IOException {
    String head =
        "POST /v1/traces HTTP/1.1\r\nHost: localhost:"
            + port
            + "\r\nContent-Type: application/x-protobuf\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.flush();
    int status = Integer.parseInt(line(in).split(" ", -1)[1]);
    int length = 0;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(header.indexOf(':') + 1).strip());
      }
    }
    in.skipNBytes(length);
    if (status != 200 && status != 503) {
      throw new IOException("answered with " + status);
    }
    return status == 200;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
