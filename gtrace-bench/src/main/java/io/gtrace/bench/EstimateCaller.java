package io.gtrace.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Asks for estimates over one connection, and does as little else as can be. */
final class EstimateCaller {
  private static final List<String> MODELS =
      List.of("gpt-4o", "gpt-4o-mini", "claude-sonnet-4-5", "llama-3.1-70b-instruct");
  private static final List<String> REGIONS =
      List.of("eu-west-3", "us-east-1", "azure/westeurope", "FR", "US-CA", "DE");
  private static final int BODIES = 1_000;
  private static final byte[] LENGTH = "content-length: ".getBytes(StandardCharsets.US_ASCII);

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int filled;

  private EstimateCaller(InputStream in) {
    this.in = in;
  }

  /** How many requests were answered. */
  static long count(int port, int seed, long since, Duration lasting) throws IOException {
    List<byte[]> requests = requests(seed);
    long answered = 0;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      EstimateCaller caller = new EstimateCaller(socket.getInputStream());
      while (System.nanoTime() - since < lasting.toNanos()) {
        out.write(requests.get((int) (answered % requests.size())));
        caller.readAnswer();
        answered++;
      }
    }
    return answered;
  }

  private static List<byte[]> requests(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<byte[]> requests = new ArrayList<>();
    for (int i = 0; i < BODIES; i++) {
      String body =
          String.format(
              Locale.ROOT,
              "{\"model\": \"%s\", \"region\": \"%s\", \"input_tokens\": %d, \"output_tokens\": %d}",
              MODELS.get(random.nextInt(MODELS.size())),
              REGIONS.get(random.nextInt(REGIONS.size())),
              random.nextInt(1, 8_000),
              random.nextInt(1, 2_000));
      requests.add(
          ("POST /v1/estimates HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                  + "Content-Length: "
                  + body.length()
                  + "\r\n\r\n"
                  + body)
              .getBytes(StandardCharsets.US_ASCII));
    }
    return requests;
  }

  /** Reads one whole answer, which must be of success. */
  private void readAnswer() throws IOException {
    filled = 0;
    int head = -1;
    while (head < 0) {
      fill();
      head = endOfHead();
    }
    if (buffer[9] != '2') {
      throw new IOException(new String(buffer, 0, filled, StandardCharsets.UTF_8));
    }
    int whole = head + contentLength(head);
    while (filled < whole) {
      fill();
    }
  }

  private void fill() throws IOException {
    int read = in.read(buffer, filled, buffer.length - filled);
    if (read < 0) {
      throw new IOException("the server closed the connection");
    }
    filled += read;
  }

  private int endOfHead() {
    for (int i = 3; i < filled; i++) {
      if (buffer[i] == '\n' && buffer[i - 2] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  private int contentLength(int head) throws IOException {
    for (int at = 0; at + LENGTH.length < head; at++) {
      int same = 0;
      while (same < LENGTH.length && (buffer[at + same] | 0x20) == (LENGTH[same] | 0x20)) {
        same++;
      }
      if (same == LENGTH.length) {
        int length = 0;
        for (int i = at + same; buffer[i] >= '0' && buffer[i] <= '9'; i++) {
          length = 10 * length + buffer[i] - '0';
        }
        return length;
      }
    }
    throw new IOException("the answer tells no length");
  }
}
