package io.gtrace.server.audit;

import io.gtrace.server.http.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who did what, when, from where and with what outcome: one object of JSON on a line. JSON keeps
 * whatever a caller names within its text, so nobody can write a line of their own. What is sent is
 * summed for each caller, a line a minute, and so are refusals of those whom nobody knows. Old
 * files are kept up to a number. Safe for use by many threads; several processes may add to one
 * file.
 */
public final class AuditLog implements AutoCloseable {
  private static final String NAME = "audit.jsonl";
  private static final int KEPT = 5;
  private static final int LONGEST_TEXT = 300;
  private static final int LONGEST_SOURCE = 500;
  private static final int MOST_SENDERS = 10_000;
  private static final int MOST_STRANGERS = 100;
  private static final String OTHERS = "others";
  private static final Duration SUMMED = Duration.ofMinutes(1);
  private static final System.Logger LOG = System.getLogger(AuditLog.class.getName());

  private final Path folder;
  private final InstantSource clock;
  private final long largestBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Sum> sums = new HashMap<>();

  /** How often those were refused again who showed nothing that opens, by address. */
  private final Map<String, Long> refusals = new LinkedHashMap<>();

  private Instant summedSince;

  /**
   * What somebody did.
   *
   * @param who the name of a token, never the token
   * @param what method and path of a request, or a command
   * @param from the address
   * @param outcome status of the answer, or a word
   * @param source what it rests on, as somebody said; empty for what rests on nothing
   */
  public record Entry(String who, String what, String from, String outcome, String source) {
    public Entry(String who, String what, String from, String outcome) {
      this(who, what, from, outcome, "");
    }
  }

  private static final class Sum {
    private long requests;
    private long accepted;
    private long refused;
  }

  /**
   * @param folder of the organisation, which is there
   * @param largestBytes from which on a new file is begun
   */
  public AuditLog(Path folder, InstantSource clock, long largestBytes) {
    this.folder = folder;
    this.clock = clock;
    this.largestBytes = largestBytes;
    summedSince = clock.instant();
  }

  /** The log in a folder, in files of 10 MB. */
  public static AuditLog in(Path folder, InstantSource clock) {
    return new AuditLog(folder, clock, 10_000_000);
  }

  /** Writes down what somebody did. A disk that is full hinders nobody; the server's log tells. */
  public void did(Entry entry) {
    lock.lock();
    try {
      write(line(entry));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Writes down that somebody was refused whom nobody knows. Strangers must not push out what those
   * did who are known: the first refusal of an address in a minute is written, further ones are
   * counted, and beyond a number of addresses all of them together.
   */
  public void refused(Entry entry) {
    lock.lock();
    try {
      writeOldSums();
      String from =
          refusals.size() < MOST_STRANGERS || refusals.containsKey(entry.from())
              ? entry.from()
              : OTHERS;
      if (refusals.merge(from, 0L, (again, none) -> again + 1) == 0) {
        write(line(entry));
      }
    } finally {
      lock.unlock();
    }
  }

  private void writeOldSums() {
    if (Duration.between(summedSince, clock.instant()).compareTo(SUMMED) >= 0) {
      writeSums();
    }
  }

  /**
   * Adds to what somebody has sent.
   *
   * @param accepted events that were kept
   * @param refused events that were not
   */
  public void sent(String who, long accepted, long refused) {
    lock.lock();
    try {
      Sum sum =
          sums.computeIfAbsent(
              sums.size() < MOST_SENDERS || sums.containsKey(who) ? who : OTHERS,
              name -> new Sum());
      sum.requests++;
      sum.accepted += accepted;
      sum.refused += refused;
      writeOldSums();
    } finally {
      lock.unlock();
    }
  }

  private void writeSums() {
    sums.forEach((who, sum) ->
        write(
            Json.object(json -> {
              json.writeStringProperty("at", clock.instant().toString());
              json.writeStringProperty("who", bounded(who));
              json.writeStringProperty("what", "ingest");
              json.writeStringProperty("since", summedSince.toString());
              json.writeNumberProperty("requests", sum.requests);
              json.writeNumberProperty("accepted", sum.accepted);
              json.writeNumberProperty("refused", sum.refused);
            })));
    refusals.values().removeIf(again -> again == 0);
    refusals.forEach((from, again) ->
        write(
            Json.object(json -> {
              json.writeStringProperty("at", clock.instant().toString());
              json.writeStringProperty("who", "nobody");
              json.writeStringProperty("what", "refused again");
              json.writeStringProperty("from", bounded(from));
              json.writeStringProperty("since", summedSince.toString());
              json.writeNumberProperty("requests", again);
            })));
    refusals.clear();
    sums.clear();
    summedSince = clock.instant();
  }

  private byte[] line(Entry entry) {
    return Json.object(json -> {
      json.writeStringProperty("at", clock.instant().toString());
      json.writeStringProperty("who", bounded(entry.who()));
      json.writeStringProperty("what", bounded(entry.what()));
      json.writeStringProperty("from", bounded(entry.from()));
      json.writeStringProperty("outcome", bounded(entry.outcome()));
      if (!entry.source().isEmpty()) {
        json.writeStringProperty("source", bounded(entry.source(), LONGEST_SOURCE));
      }
    });
  }

  private static String bounded(String text) {
    return bounded(text, LONGEST_TEXT);
  }

  private static String bounded(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest) + "…";
  }

  private void write(byte[] object) {
    Path file = folder.resolve(NAME);
    try {
      begin(file);
      try (FileChannel out =
          FileChannel.open(file, StandardOpenOption.APPEND, StandardOpenOption.CREATE)) {
        ByteBuffer line = ByteBuffer.allocate(object.length + 1).put(object).put((byte) '\n');
        line.flip();
        while (line.hasRemaining()) {
          out.write(line);
        }
        if (out.size() < largestBytes) {
          return;
        }
      }
      moveOn(file);
    } catch (IOException failed) {
      LOG.log(System.Logger.Level.WARNING, () -> "the audit log cannot be written: " + failed);
    }
  }

  /** Names of callers are nobody else's business. */
  private static void begin(Path file) throws IOException {
    if (Files.exists(file)
        || !file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException anotherWasFaster) {
      LOG.log(System.Logger.Level.TRACE, "another process has begun the audit log");
    }
  }

  private void moveOn(Path file) throws IOException {
    for (int number = KEPT; number > 0; number--) {
      Path younger = number == 1 ? file : numbered(number - 1);
      if (Files.exists(younger)) {
        Files.move(younger, numbered(number), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private Path numbered(int number) {
    return folder.resolve("audit." + number + ".jsonl");
  }

  /** Writes down what is summed. */
  @Override
  public void close() {
    lock.lock();
    try {
      writeSums();
    } finally {
      lock.unlock();
    }
  }
}
