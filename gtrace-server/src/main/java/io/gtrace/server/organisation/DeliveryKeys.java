package io.gtrace.server.organisation;

import io.gtrace.server.http.Problem;
import io.gtrace.server.journal.OverloadException;
import io.helidon.http.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Deliveries that came under a key of their sender, known again for {@link #KEPT} as long as there
 * are no more than {@value #MOST} newer ones, also after a restart. That they count once is the
 * ledger's business, which knows their calls by id and time: this keeps the time. Safe for use by
 * many threads.
 */
final class DeliveryKeys {
  static final Duration KEPT = Duration.ofDays(7);
  static final int MOST = 100_000;

  private static final Pattern LINE =
      Pattern.compile("(?<id>[0-9a-f]{32}) (?<content>[0-9a-f]{32}) (?<at>[0-9]{1,18})");

  /** Ends a line so that it is none of {@link #LINE}. */
  private static final String SPOILT = " unfinished\n";

  private final Path file;
  private final InstantSource clock;

  /** By id, the oldest first. */
  private final Map<String, Known> known = new LinkedHashMap<>();

  private int lines;

  private record Known(String content, long epochMillis) {}

  /**
   * @throws UncheckedIOException if the file cannot be read
   */
  DeliveryKeys(Path file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
    try {
      if (Files.exists(file)) {
        String all = Files.readString(file);
        all.substring(0, all.lastIndexOf('\n') + 1).lines().forEach(this::read);
        rewrite();
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** A line that was left unfinished, and so has no end or a spoilt one, says nothing. */
  private void read(String line) {
    Matcher matcher = LINE.matcher(line);
    if (matcher.matches()) {
      keep(
          matcher.group("id"),
          new Known(matcher.group("content"), Long.parseLong(matcher.group("at"))));
    }
  }

  private void keep(String id, Known delivery) {
    known.putIfAbsent(id, delivery);
    long oldest = clock.instant().minus(KEPT).toEpochMilli();
    Iterator<Known> eldest = known.values().iterator();
    while (eldest.hasNext() && (eldest.next().epochMillis() < oldest || known.size() > MOST)) {
      eldest.remove();
    }
  }

  /**
   * The delivery with the time at which it came first.
   *
   * @throws Problem if another content came under its key
   */
  synchronized SentDelivery firstOf(SentDelivery delivery) {
    Known first = known.get(delivery.id());
    if (first == null) {
      return delivery;
    }
    if (!delivery.content().orElse("").equals(first.content())) {
      throw Problem.of(
          Status.UNPROCESSABLE_CONTENT_422,
          "another content came under this Idempotency-Key before; use a new key for each"
              + " delivery");
    }
    return delivery.firstAt(Instant.ofEpochMilli(first.epochMillis()));
  }

  /**
   * Keeps that a delivery came.
   *
   * @throws Problem if another content came under its key meanwhile
   * @throws OverloadException if that cannot be written
   */
  synchronized void remember(SentDelivery delivery) {
    firstOf(delivery);
    if (known.containsKey(delivery.id())) {
      return;
    }
    Known came = new Known(delivery.content().orElse(""), delivery.arrived().toEpochMilli());
    try {
      append(line(delivery.id(), came));
      lines++;
      keep(delivery.id(), came);
      if (lines > 2 * MOST) {
        rewrite();
      }
    } catch (IOException full) {
      throw new OverloadException("the key of a delivery cannot be kept: " + full, full);
    }
  }

  /** Spoils what a full disk left of a line before: its time may look whole and be cut short. */
  private void append(String line) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long end = channel.size();
      String before = end == 0 || byteAt(channel, end - 1) == '\n' ? "" : SPOILT;
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(before + line + "\n");
      channel.position(end);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  private static byte byteAt(FileChannel channel, long position) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    channel.read(one, position);
    return one.get(0);
  }

  private static String line(String id, Known delivery) {
    return id + " " + delivery.content() + " " + delivery.epochMillis();
  }

  private void rewrite() throws IOException {
    List<String> all =
        known.entrySet().stream().map(each -> line(each.getKey(), each.getValue())).toList();
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.write(fresh, all);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    lines = all.size();
  }
}
