package io.gtrace.ledger;

import io.gtrace.ledger.format.LineCursor;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Reads a text of JSON lines portion by portion, on as many threads as there are processors, and
 * hands out what it finds in the order of the text.
 */
final class JsonLines implements AutoCloseable {
  private static final int PORTION_BYTES = 4 << 20;

  /** A longer line is cut, and then refused. */
  private static final int MOST_LINE_BYTES = 64 << 20;

  /** Of portions that wait; one of very long lines may be larger. */
  private static final long MOST_WAITING_BYTES = 64 << 20;

  private static final int THREADS = Math.min(8, Runtime.getRuntime().availableProcessors());

  private final InputStream text;
  private final Supplier<LineParser> newParser;
  private final Taker taker;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(THREADS, task -> daemon(task));
  private final Queue<LineParser> parsers = new ConcurrentLinkedQueue<>();
  private final Queue<LineParser> idle = new ConcurrentLinkedQueue<>();
  private final Deque<Pending> pending = new ArrayDeque<>();
  private final Deque<byte[]> free = new ArrayDeque<>();
  private byte[] rest = new byte[0];
  private int restLength;
  private boolean ended;
  private Optional<IOException> fault = Optional.empty();

  /** Takes what is found. */
  interface Taker {
    /** Events that follow one another, and the records between them that are no usage. */
    void events(LineEvents events);

    /**
     * Lines that follow one another and are to be judged one by one.
     *
     * @param linesBefore lines of the text before them
     */
    void odd(byte[] bytes, int from, int to, long linesBefore) throws IOException;

    /** How much of the text has been dealt with. */
    void progress(long bytes);
  }

  private static final class Portion {
    private final byte[] bytes;
    private final int length;

    private Portion(byte[] bytes, int length) {
      this.bytes = bytes;
      this.length = length;
    }
  }

  private record Pending(Portion portion, Future<LineEvents> events) {}

  /**
   * @param newParser makes what reads lines, one for each thread
   */
  JsonLines(InputStream text, Supplier<LineParser> newParser, Taker taker) {
    this.text = text;
    this.newParser = newParser;
    this.taker = taker;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "json lines");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Reads to the end.
   *
   * @throws IOException if the text breaks off; what came before it has been handed out
   */
  void read() throws IOException {
    OddLines odd = new OddLines();
    long bytes = 0;
    boolean more = true;
    while (more || !pending.isEmpty()) {
      while (more && pending.size() <= THREADS && waitingBytes() < MOST_WAITING_BYTES) {
        Optional<Portion> next = next();
        next.ifPresent(
            portion -> pending.add(new Pending(portion, threads.submit(() -> parse(portion)))));
        more = next.isPresent();
      }
      Pending first = pending.poll();
      if (first != null) {
        odd.take(first.portion(), done(first.events()));
        bytes += first.portion().length;
        taker.progress(bytes);
        if (first.portion().bytes.length <= PORTION_BYTES + LineCursor.SPARE_BYTES) {
          free.add(first.portion().bytes);
        }
      }
    }
    odd.flush();
    if (fault.isPresent()) {
      throw fault.get();
    }
  }

  private long waitingBytes() {
    return pending.stream().mapToLong(each -> each.portion().bytes.length).sum();
  }

  private LineEvents parse(Portion portion) {
    LineParser parser = idle.poll();
    if (parser == null) {
      parser = newParser.get();
      parsers.add(parser);
    }
    LineEvents events = parser.parse(portion.bytes, portion.length);
    idle.add(parser);
    return events;
  }

  private static LineEvents done(Future<LineEvents> events) {
    try {
      return events.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading", interrupted);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(failed.getCause());
    }
  }

  /** Hands out lines; those to be judged that go on in the next portion only with that. */
  private final class OddLines {
    private long linesBefore;
    private byte[] waiting = new byte[0];
    private long linesBeforeWaiting;

    void take(Portion portion, LineEvents events) throws IOException {
      List<LineEvents.Odd> odd = events.odd();
      boolean goesOn = waiting.length > 0 && !odd.isEmpty() && odd.get(0).linesBefore() == 0;
      if (goesOn) {
        append(portion.bytes, odd.get(0).to());
        odd = odd.subList(1, odd.size());
      }
      boolean toTheEnd = goesOn && events.odd().get(0).to() == portion.length;
      if (!toTheEnd || waiting.length > MOST_LINE_BYTES) {
        flush();
      }
      taker.events(events);
      for (LineEvents.Odd each : odd) {
        long before = linesBefore + each.linesBefore();
        if (each.to() == portion.length) {
          waiting = Arrays.copyOfRange(portion.bytes, each.from(), each.to());
          linesBeforeWaiting = before;
        } else {
          taker.odd(portion.bytes, each.from(), each.to(), before);
        }
      }
      linesBefore += events.lines();
    }

    private void append(byte[] bytes, int length) {
      int before = waiting.length;
      waiting = Arrays.copyOf(waiting, before + length);
      System.arraycopy(bytes, 0, waiting, before, length);
    }

    void flush() throws IOException {
      if (waiting.length > 0) {
        taker.odd(waiting, 0, waiting.length, linesBeforeWaiting);
        waiting = new byte[0];
      }
    }
  }

  /** The next portion of whole lines; empty at the end and where the text breaks off. */
  private Optional<Portion> next() {
    byte[] bytes = free.isEmpty() ? new byte[PORTION_BYTES + LineCursor.SPARE_BYTES] : free.pop();
    if (restLength > bytes.length - LineCursor.SPARE_BYTES) {
      bytes = new byte[restLength + PORTION_BYTES + LineCursor.SPARE_BYTES];
    }
    System.arraycopy(rest, 0, bytes, 0, restLength);
    int length = restLength;
    restLength = 0;
    while (true) {
      int room = bytes.length - LineCursor.SPARE_BYTES;
      length = fill(bytes, length, room);
      int end = ended ? length : afterLastLine(bytes, length);
      if (end == 0 && !ended && room < MOST_LINE_BYTES) {
        bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        continue;
      }
      end = end == 0 ? length : end;
      keep(bytes, end, length);
      Arrays.fill(bytes, end, end + LineCursor.SPARE_BYTES, (byte) 0);
      return end == 0 ? Optional.empty() : Optional.of(new Portion(bytes, end));
    }
  }

  private int fill(byte[] bytes, int from, int room) {
    int length = from;
    try {
      while (!ended && length < room) {
        int read = text.read(bytes, length, room - length);
        ended = read < 0;
        length += Math.max(0, read);
      }
    } catch (IOException breaksOff) {
      fault = Optional.of(breaksOff);
      ended = true;
    }
    return length;
  }

  private static int afterLastLine(byte[] bytes, int length) {
    int end = length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  private void keep(byte[] bytes, int from, int to) {
    restLength = to - from;
    if (rest.length < restLength) {
      rest = new byte[restLength];
    }
    System.arraycopy(bytes, from, rest, 0, restLength);
  }

  /** Names of fields that were met, of which something is wanted or not. */
  Set<String> names(boolean wanted) {
    Set<String> names = new LinkedHashSet<>();
    parsers.forEach(parser -> names.addAll(parser.names(wanted)));
    return names;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
