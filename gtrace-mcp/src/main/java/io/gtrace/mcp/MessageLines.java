package io.gtrace.mcp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The lines of an input that can be messages, and when it has ended. The protocol's SDK stops
 * reading at the first line that is none, and a client that goes away closes its end and says
 * nothing.
 */
final class MessageLines extends InputStream {
  private static final int MOST_BYTES = 4 << 20;

  private final InputStream in;
  private final JsonMapper mapper;
  private final AnswerLines answers;
  private final Consumer<String> told;
  private final CountDownLatch ended = new CountDownLatch(1);
  private byte[] line = {};
  private int next;

  /**
   * @param answers are awaited before the end is told: at it the SDK forgets what is still asked
   * @param told takes what a person should know of lines that were left out
   */
  MessageLines(InputStream in, JsonMapper mapper, AnswerLines answers, Consumer<String> told) {
    this.in = in;
    this.mapper = mapper;
    this.answers = answers;
    this.told = told;
  }

  /** Waits until all was read, or nothing can be read any more. */
  void awaitEnd() throws InterruptedException {
    ended.await();
  }

  @Override
  public int read() throws IOException {
    return fill() ? line[next++] & 0xff : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, line.length - next);
    System.arraycopy(line, next, bytes, offset, count);
    next += count;
    return count;
  }

  /** Whether there is something to read, now that it was looked for. */
  private boolean fill() throws IOException {
    boolean more = next < line.length;
    try {
      while (!more && ended.getCount() > 0) {
        more = takeLine();
      }
    } finally {
      if (!more) {
        ended.countDown();
      }
    }
    return more;
  }

  /** Takes a line; whether it can be a message. */
  private boolean takeLine() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean tooLong = false;
    int each = in.read();
    if (each < 0) {
      finish();
      return false;
    }
    for (; each >= 0 && each != '\n'; each = in.read()) {
      tooLong |= bytes.size() == MOST_BYTES;
      if (!tooLong) {
        bytes.write(each);
      }
    }
    if (bytes.toString(StandardCharsets.UTF_8).isBlank()) {
      return false;
    }
    Optional<JsonNode> message = tooLong ? Optional.empty() : object(bytes.toByteArray());
    if (message.isEmpty()) {
      told.accept(
          tooLong
              ? "a message of more than " + MOST_BYTES + " bytes was left out"
              : "a line that is no JSON object was left out");
      return false;
    }
    if (message.get().has("id") && message.get().has("method")) {
      answers.asked();
    }
    bytes.write('\n');
    line = bytes.toByteArray();
    next = 0;
    return true;
  }

  private void finish() throws InterruptedIOException {
    try {
      answers.awaitAll();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    } finally {
      ended.countDown();
    }
  }

  private Optional<JsonNode> object(byte[] bytes) {
    try {
      return Optional.of(mapper.readTree(bytes)).filter(JsonNode::isObject);
    } catch (JacksonException broken) {
      return Optional.empty();
    }
  }
}
