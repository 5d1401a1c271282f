package io.gtrace.server.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lines that outlive the process from the moment that they are acknowledged. Whoever appends waits
 * until its lines are on the disk; those of all who wait at one moment go there with one write and
 * one sync. Safe for use by many threads.
 */
public final class Journal implements AutoCloseable {
  private static final Pattern SEGMENT = Pattern.compile("[0-9]{12}\\.jsonl");

  /**
   * Says that only so many bytes of a segment were acknowledged. The length stands in the name, so
   * that a full disk leaves no mark half written.
   */
  private static final Pattern MARK =
      Pattern.compile("(?<segment>[0-9]{12}\\.jsonl)\\.acknowledged-(?<bytes>[0-9]{1,18})");

  private static final long LARGEST_SEGMENT_BYTES = 64L << 20;
  private static final byte NEWLINE = '\n';
  private static final System.Logger LOG = System.getLogger(Journal.class.getName());

  private final Path folder;
  private final Limits limits;

  /** Guards what waits, and for how much there is room. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition work = lock.newCondition();

  /** Guards the files, so that who appends need not wait for the disk only to queue. */
  private final ReentrantLock disk = new ReentrantLock();

  private final Thread writer;
  private List<Appended> waiting = new ArrayList<>();
  private long waitingBytes;
  private long storedBytes;
  private boolean closing;
  private @Nullable Throwable trouble;
  private String heldBack = "";
  private final SegmentFiles files;

  /** Files that end in what nobody was promised, and how long they are without it. */
  private final Map<Path, Long> uncut = new HashMap<>();

  private @Nullable Segment current;
  private long nextNumber;

  /**
   * How much may wait.
   *
   * @param waitingBytes of lines on their way to the disk
   * @param storedBytes on the disk that no ledger has taken yet
   */
  public record Limits(long waitingBytes, long storedBytes) {
    /** 32 MiB in memory and 4 GiB on the disk: about 20 million events. */
    public static final Limits STANDARD = new Limits(32L << 20, 4L << 30);
  }

  /** Lines, and who waits for them. */
  private static final class Appended {
    private final byte[] lines;

    /** Why the lines were not stored, null if they were: telling it must not need memory. */
    private final CompletableFuture<@Nullable Throwable> outcome = new CompletableFuture<>();

    private Appended(byte[] lines) {
      this.lines = lines;
    }
  }

  private record Segment(Path path, FileChannel channel) {}

  /** Where a file of the journal is begun, for tests that need one that fails. */
  @FunctionalInterface
  interface SegmentFiles {
    /** Makes a file that is not there yet, to be written. */
    FileChannel begin(Path path) throws IOException;
  }

  private Journal(Path folder, Limits limits, SegmentFiles files) {
    this.folder = folder;
    this.limits = limits;
    this.files = files;
    writer = Thread.ofPlatform().name("journal " + folder.getFileName()).unstarted(this::write);
  }

  /**
   * The journal in a folder, which is made if there is none. A line that a killed process had not
   * written to its end was never acknowledged, and is cut off.
   *
   * @throws UncheckedIOException if the folder cannot be made or read
   */
  public static Journal open(Path folder, Limits limits) {
    return open(
        folder,
        limits,
        path -> FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  static Journal open(Path folder, Limits limits, SegmentFiles files) {
    Journal journal = new Journal(folder, limits, files);
    try {
      makeFolder(folder);
      journal.readMarks();
      for (Path segment : journal.segments()) {
        journal.storedBytes += journal.acknowledgedBytes(segment);
        journal.nextNumber = Math.max(journal.nextNumber, numberOf(segment) + 1);
      }
    } catch (IOException unusable) {
      throw new UncheckedIOException(unusable);
    }
    journal.writer.start();
    return journal;
  }

  /** What waits here may name people, whom a ledger knows only by their digests. */
  private static void makeFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Files.createDirectories(folder);
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /** Cuts what an earlier process could not cut, or holds it back still. */
  private void readMarks() throws IOException {
    for (Path mark : named(MARK)) {
      Matcher name = MARK.matcher(String.valueOf(mark.getFileName()));
      if (name.matches()) {
        Path segment = folder.resolve(name.group("segment"));
        nextNumber = Math.max(nextNumber, numberOf(segment) + 1);
        uncut.merge(segment, Long.parseLong(name.group("bytes")), Math::min);
      }
    }
    cutLeftOvers();
  }

  private long acknowledgedBytes(Path segment) throws IOException {
    Long held = uncut.get(segment);
    if (held != null) {
      return held;
    }
    cutUnfinishedLine(segment);
    return Files.size(segment);
  }

  private static void cutUnfinishedLine(Path segment) throws IOException {
    try (FileChannel channel =
        FileChannel.open(segment, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long end = channel.size();
      ByteBuffer one = ByteBuffer.allocate(1);
      while (end > 0 && byteAt(channel, end - 1, one) != NEWLINE) {
        end--;
      }
      if (end < channel.size()) {
        channel.truncate(end);
        channel.force(true);
      }
    }
  }

  private static byte byteAt(FileChannel channel, long position, ByteBuffer one)
      throws IOException {
    one.clear();
    channel.read(one, position);
    return one.get(0);
  }

  /** Files of the journal, oldest first. */
  private List<Path> segments() throws IOException {
    return named(SEGMENT);
  }

  private List<Path> named(Pattern name) throws IOException {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside
          .filter(each -> name.matcher(String.valueOf(each.getFileName())).matches())
          .sorted()
          .toList();
    }
  }

  private static long numberOf(Path segment) {
    String name = String.valueOf(segment.getFileName());
    return Long.parseLong(name.substring(0, name.indexOf('.')));
  }

  /**
   * Stores lines; they outlive the process and the machine once this returns.
   *
   * @param lines whole ones, each with its end
   * @throws OverloadException if too much waits already, or the disk takes no more; nothing of the
   *     lines is stored for good then
   */
  public void append(byte[] lines) {
    if (lines.length == 0) {
      return;
    }
    Appended appended = new Appended(lines);
    lock.lock();
    try {
      if (closing) {
        throw new OverloadException("the server is stopping");
      }
      if (waitingBytes + lines.length > limits.waitingBytes()) {
        throw new OverloadException("more comes than the disk takes");
      }
      if (storedBytes + waitingBytes + lines.length > limits.storedBytes()) {
        throw new OverloadException("more came than the ledger has taken");
      }
      waiting.add(appended);
      waitingBytes += lines.length;
      work.signal();
    } finally {
      lock.unlock();
    }
    @Nullable Throwable notStored = appended.outcome.join();
    if (notStored != null) {
      String reason = Objects.requireNonNullElse(notStored.getMessage(), notStored.toString());
      throw new OverloadException("the journal cannot be written: " + reason, notStored);
    }
  }

  /** Goes on whatever happens: who waits would else wait for ever, and so would all that come. */
  private void write() {
    boolean open = true;
    while (open) {
      try {
        List<Appended> group = nextGroup();
        open = !group.isEmpty();
        write(group);
      } catch (Throwable fault) {
        tell(fault);
      }
    }
  }

  private void write(List<Appended> group) {
    if (group.isEmpty()) {
      return;
    }
    long bytes = bytesOf(group);
    @Nullable Throwable failure = null;
    try {
      store(group, bytes);
    } catch (Throwable failed) {
      failure = failed;
    }
    lock.lock();
    try {
      waitingBytes -= bytes;
      storedBytes += failure == null ? bytes : 0;
    } finally {
      lock.unlock();
    }
    for (int each = 0; each < group.size(); each++) {
      group.get(each).outcome.complete(failure);
    }
    if (failure == null || failure instanceof IOException) {
      setTrouble(null);
    } else {
      tell(failure);
    }
  }

  /** Makes no object: there may be no memory, and the group would be lost. */
  private static long bytesOf(List<Appended> group) {
    long bytes = 0;
    for (int each = 0; each < group.size(); each++) {
      bytes += group.get(each).lines.length;
    }
    return bytes;
  }

  /** A disk that is full passes; what else stops writes is a fault that somebody should see. */
  private void tell(Throwable fault) {
    setTrouble(fault);
    try {
      LOG.log(System.Logger.Level.ERROR, "what came could not be stored", fault);
    } catch (Throwable unlogged) {
      // A log that fails must not stop the only thread that stores what comes.
      setTrouble(unlogged);
    }
  }

  private void setTrouble(@Nullable Throwable now) {
    lock.lock();
    try {
      trouble = now;
    } finally {
      lock.unlock();
    }
  }

  /** The fault by which what came last was not stored, or the files that are held back. */
  public Optional<String> trouble() {
    lock.lock();
    try {
      return trouble == null
          ? Optional.of(heldBack).filter(each -> !each.isEmpty())
          : Optional.of("a fault of gtrace itself: " + trouble);
    } finally {
      lock.unlock();
    }
  }

  /** All that waits; nothing once the journal is closed. */
  private List<Appended> nextGroup() {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closing) {
        work.awaitUninterruptibly();
      }
      List<Appended> fresh = new ArrayList<>();
      List<Appended> group = waiting;
      waiting = fresh;
      return group;
    } finally {
      lock.unlock();
    }
  }

  /** Writes and syncs; what a failed attempt has left is cut off again. */
  private void store(List<Appended> group, long bytes) throws IOException {
    disk.lock();
    try {
      Segment segment = current == null ? begin() : current;
      long before = segment.channel().size();
      boolean whole = false;
      try {
        ByteBuffer[] buffers =
            group.stream().map(each -> ByteBuffer.wrap(each.lines)).toArray(ByteBuffer[]::new);
        for (long written = 0; written < bytes; ) {
          written += segment.channel().write(buffers);
        }
        segment.channel().force(false);
        whole = true;
      } finally {
        if (!whole) {
          cutBack(segment, before);
        }
      }
      if (before + bytes >= LARGEST_SEGMENT_BYTES) {
        finishCurrent();
      }
    } finally {
      disk.unlock();
    }
  }

  /** What cannot be cut off now must not be written behind: the next lines go to a new file. */
  private void cutBack(Segment segment, long end) {
    try {
      segment.channel().truncate(end);
    } catch (IOException stays) {
      current = null;
      uncut.put(segment.path(), end);
      LOG.log(
          System.Logger.Level.WARNING, () -> segment.path() + " is left as it is: " + stays, stays);
      mark(segment.path(), end);
      close(segment);
    }
  }

  private Path markOf(Path segment, long acknowledgedBytes) {
    return folder.resolve(segment.getFileName() + ".acknowledged-" + acknowledgedBytes);
  }

  /** Lets a later process know what this one could not cut off. */
  private void mark(Path segment, long acknowledgedBytes) {
    Path mark = markOf(segment, acknowledgedBytes);
    try {
      if (!Files.exists(mark)) {
        Files.createFile(mark);
        forceNames();
      }
    } catch (IOException unmarked) {
      LOG.log(
          System.Logger.Level.WARNING,
          () -> mark + " cannot be made: " + unmarked + "; it is tried again",
          unmarked);
    }
  }

  /**
   * A file is handed out without what was not acknowledged, or not at all; it holds back no other.
   *
   * @return the acknowledged bytes of those that somebody removed
   */
  private long cutLeftOvers() {
    long removedBytes = 0;
    List<String> held = new ArrayList<>();
    for (Iterator<Map.Entry<Path, Long>> each = uncut.entrySet().iterator(); each.hasNext(); ) {
      Map.Entry<Path, Long> left = each.next();
      try {
        removedBytes += cut(left.getKey(), left.getValue()) ? 0 : left.getValue();
        each.remove();
      } catch (IOException stays) {
        mark(left.getKey(), left.getValue());
        held.add(left.getKey() + " is held back, since its end cannot be cut off: " + stays);
      }
    }
    setHeldBack(String.join("; ", held));
    return removedBytes;
  }

  /** Whether the file was there to be cut. */
  private boolean cut(Path segment, long acknowledgedBytes) throws IOException {
    boolean there = true;
    try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
      channel.truncate(acknowledgedBytes);
      channel.force(true);
    } catch (NoSuchFileException removed) {
      there = false;
    }
    Files.deleteIfExists(markOf(segment, acknowledgedBytes));
    return there;
  }

  /** Logs only what is new, since it is tried again every moment. */
  private void setHeldBack(String now) {
    boolean fresh;
    lock.lock();
    try {
      fresh = !now.isEmpty() && !now.equals(heldBack);
      heldBack = now;
    } finally {
      lock.unlock();
    }
    if (fresh) {
      LOG.log(System.Logger.Level.WARNING, now);
    }
  }

  private Segment begin() throws IOException {
    Path path = folder.resolve(String.format(Locale.ROOT, "%012d.jsonl", nextNumber));
    FileChannel channel = files.begin(path);
    nextNumber++;
    try {
      forceNames();
    } catch (IOException unsafe) {
      channel.close();
      throw unsafe;
    }
    Segment begun = new Segment(path, channel);
    current = begun;
    return begun;
  }

  private void forceNames() throws IOException {
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  private void finishCurrent() {
    Segment finished = current;
    current = null;
    if (finished != null) {
      close(finished);
    }
  }

  /** What was acknowledged is synced before, so that a close that fails takes nothing away. */
  private static void close(Segment segment) {
    try {
      segment.channel().close();
    } catch (IOException unclosed) {
      LOG.log(System.Logger.Level.WARNING, () -> segment.path() + ": " + unclosed, unclosed);
    }
  }

  /**
   * The files to which nothing is added any more, oldest first; what comes goes to a new one. A
   * file from which what was not acknowledged cannot be cut is not among them until it can.
   */
  public List<Path> finished() {
    disk.lock();
    try {
      finishCurrent();
      noLongerStored(cutLeftOvers());
      List<Path> finished = new ArrayList<>();
      for (Path segment : segments()) {
        if (uncut.containsKey(segment)) {
          continue;
        }
        if (Files.size(segment) == 0) {
          Files.delete(segment);
        } else {
          finished.add(segment);
        }
      }
      return finished;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } finally {
      disk.unlock();
    }
  }

  /** Removes a file that a ledger has taken. */
  public void taken(Path segment) {
    long bytes;
    try {
      bytes = Files.size(segment);
      Files.delete(segment);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    noLongerStored(bytes);
  }

  private void noLongerStored(long bytes) {
    lock.lock();
    try {
      storedBytes -= bytes;
    } finally {
      lock.unlock();
    }
  }

  /** Bytes on the disk that no ledger has taken yet. */
  public long storedBytes() {
    lock.lock();
    try {
      return storedBytes;
    } finally {
      lock.unlock();
    }
  }

  /** Stores what waits and takes no more. */
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      work.signal();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    while (writer.isAlive()) {
      try {
        writer.join();
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    disk.lock();
    try {
      finishCurrent();
    } finally {
      disk.unlock();
    }
  }
}
