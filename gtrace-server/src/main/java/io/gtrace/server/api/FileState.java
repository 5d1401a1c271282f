package io.gtrace.server.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Tells whether files have changed. */
final class FileState {
  private FileState() {}

  /**
   * Another text after any file was changed, added or taken away.
   *
   * @param files and folders with all that is in them; those that are not there count as such
   */
  static String of(List<Path> files) {
    long state = 0;
    for (Path each : files) {
      if (Files.exists(each)) {
        try (Stream<Path> inside = Files.walk(each)) {
          state = 31 * state + inside.sorted().mapToLong(FileState::of).reduce(1, FileState::mix);
        } catch (IOException unreadable) {
          throw new UncheckedIOException(unreadable);
        }
      }
    }
    return Long.toHexString(state);
  }

  private static long mix(long sum, long next) {
    return 31 * sum + next;
  }

  private static long of(Path file) {
    try {
      return file.hashCode() * 31L
          + Files.getLastModifiedTime(file).toMillis() * 7
          + (Files.isDirectory(file) ? 0 : Files.size(file));
    } catch (IOException gone) {
      return 0;
    }
  }
}
