package io.gtrace.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where usage is read from.
 *
 * @param name what messages call it
 * @param format how it is written
 * @param bytes its size as stored; for progress
 * @param path the file, where it is one
 * @param content opens it anew; gzip is told by its first bytes
 * @param defaults values of columns where a row has none itself
 */
record UsageSource(
    String name,
    UsageFormat format,
    long bytes,
    Optional<Path> path,
    Opening content,
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
   * @throws UsageException if it is not there, empty or of no known format
   */
  static UsageSource file(Path path, UsageDefaults defaults) {
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
        UsageFormat.ofName(name),
        bytes,
        Optional.of(path),
        () -> Files.newInputStream(path),
        defaults.byColumn());
  }

  private static long size(Path path) {
    try {
      return Files.size(path);
    } catch (IOException e) {
      throw new UsageException(path + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
