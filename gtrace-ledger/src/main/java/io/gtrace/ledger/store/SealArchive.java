package io.gtrace.ledger.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Reads the seals of a ledger, of which old ones lie together in archives: files of thousands of
 * seals as they were, an empty line after each, packed. One pass over the seals should use one
 * reader, since it keeps the archive that it read last. Not for sharing between threads.
 */
final class SealArchive {
  private static final Pattern NAME = Pattern.compile("([0-9]{6,9})-([0-9]{6,9})\\.json\\.gz");

  /** Seals are written with line breaks, and have no empty lines. */
  private static final byte[] AFTER_EACH = "\n\n".getBytes(StandardCharsets.UTF_8);

  private final LedgerFiles files;
  private Range range = new Range(0, -1);
  private List<byte[]> seals = List.of();

  SealArchive(LedgerFiles files) {
    this.files = files;
  }

  /** The batches whose seals an archive holds. */
  record Range(int first, int last) {
    boolean holds(int number) {
      return number >= first && number <= last;
    }
  }

  /** The batches whose seals a file holds by its name; none if it is no archive. */
  static Range range(Path file) {
    Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
    return name.matches()
        ? new Range(Integer.parseInt(name.group(1)), Integer.parseInt(name.group(2)))
        : new Range(0, -1);
  }

  /**
   * The seal of a batch as it was written.
   *
   * @throws LedgerException if it is missing or its archive is damaged
   */
  byte[] bytes(int number) throws IOException {
    if (range.holds(number)) {
      return seals.get(number - range.first());
    }
    try {
      return Files.readAllBytes(files.seal(number));
    } catch (NoSuchFileException archived) {
      Optional<Path> archive = archiveOf(number);
      if (archive.isEmpty()) {
        throw new LedgerException(
            "the ledger is damaged: the seal of batch " + number + " is missing", archived);
      }
      load(archive.get());
      return seals.get(number - range.first());
    }
  }

  private Optional<Path> archiveOf(int number) throws IOException {
    try (Stream<Path> all = Files.list(files.seals())) {
      return all.filter(file -> range(file).holds(number)).findFirst();
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  private void load(Path archive) throws IOException {
    Range held = range(archive);
    List<byte[]> read;
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(archive))) {
      read = split(in.readAllBytes());
    } catch (IOException damaged) {
      throw damagedArchive(archive, damaged);
    }
    if (read.size() != held.last() - held.first() + 1) {
      throw damagedArchive(archive, new IOException("it holds " + read.size() + " seals"));
    }
    range = held;
    seals = read;
  }

  private static LedgerException damagedArchive(Path archive, IOException cause) {
    return new LedgerException(
        "the ledger is damaged: seals/"
            + archive.getFileName()
            + " cannot be read: "
            + cause.getMessage(),
        cause);
  }

  private static List<byte[]> split(byte[] all) {
    List<byte[]> parts = new ArrayList<>();
    int from = 0;
    for (int at = 0; at + 1 < all.length; at++) {
      if (all[at] == AFTER_EACH[0] && all[at + 1] == AFTER_EACH[1]) {
        parts.add(java.util.Arrays.copyOfRange(all, from, at));
        from = at + AFTER_EACH.length;
        at = from - 1;
      }
    }
    return parts;
  }

  /** The seals of some batches as an archive holds them. */
  byte[] packed(int first, int last) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      for (int number = first; number <= last; number++) {
        out.write(bytes(number));
        out.write(AFTER_EACH);
      }
    }
    return packed.toByteArray();
  }
}
