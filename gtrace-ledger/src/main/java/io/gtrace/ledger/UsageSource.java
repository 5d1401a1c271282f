package io.gtrace.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where usage is read from.
 *
 * @param name what messages call it
 * @param storage how its name says that it is stored; text may be another one in truth
 * @param format as what it is read
 * @param bytes its size as stored; for progress
 * @param path the file, where it is one
 * @param content opens it; gzip and zstd are told by its first bytes
 * @param named whether somebody named it; a file that was found in a folder may turn out to be none
 * @param defaults values of columns where a row has none itself
 */
record UsageSource(
    String name,
    UsageFormat storage,
    InputFormat format,
    long bytes,
    Optional<Path> path,
    Opening content,
    boolean named,
    Map<UsageColumn, String> defaults) {

  /** Opens a stream; the caller closes it. */
  interface Opening {
    InputStream open() throws IOException;
  }

  UsageSource {
    defaults = defaults.isEmpty() ? Map.of() : new EnumMap<>(defaults);
  }

  /**
   * A file on disk.
   *
   * @throws UsageException if it is not there, cannot be read or is empty
   */
  static UsageSource file(Path path, boolean named, InputFormat format, UsageDefaults defaults) {
    String name = path.toString();
    if (!Files.exists(path)) {
      throw new UsageException(name + ": there is no such file");
    }
    if (Files.isDirectory(path)) {
      throw new UsageException(name + ": is a folder, not a usage file");
    }
    if (!Files.isReadable(path)) {
      throw new UsageException(name + ": may not be read by this user");
    }
    long bytes = size(path);
    if (bytes == 0 && Files.isRegularFile(path)) {
      throw new UsageException(name + ": the file is empty");
    }
    return new UsageSource(
        name,
        storage(path, name, bytes),
        format,
        bytes,
        Optional.of(path),
        () -> Files.newInputStream(path),
        named,
        defaults.byColumn());
  }

  /** When a file was written last; empty for what is no file. */
  Optional<Instant> writtenBy() {
    try {
      return path.isPresent()
          ? Optional.of(Files.getLastModifiedTime(path.get()).toInstant())
          : Optional.empty();
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  /** What comes through a pipe. */
  static UsageSource standardInput(Opening content, InputFormat format, UsageDefaults defaults) {
    return new UsageSource(
        "standard input",
        UsageFormat.CSV,
        format,
        0,
        Optional.empty(),
        content,
        true,
        defaults.byColumn());
  }

  /** What lies in no file. */
  static UsageSource feed(UsageFeed feed, UsageDefaults defaults) {
    return new UsageSource(
        feed.name(),
        UsageFormat.JSONL,
        feed.format(),
        0,
        Optional.empty(),
        feed::open,
        true,
        defaults.byColumn());
  }

  private static UsageFormat storage(Path path, String name, long bytes) {
    UsageFormat byName = UsageFormat.ofName(name);
    if (byName == UsageFormat.PARQUET || bytes < ParquetUsage.MAGIC.length()) {
      return byName;
    }
    try (InputStream in = Files.newInputStream(path)) {
      String start = new String(in.readNBytes(4), StandardCharsets.ISO_8859_1);
      return start.equals(ParquetUsage.MAGIC) ? UsageFormat.PARQUET : byName;
    } catch (IOException unreadable) {
      throw new UsageException(name + ": cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }

  private static long size(Path path) {
    try {
      return Files.size(path);
    } catch (IOException e) {
      throw new UsageException(path + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
