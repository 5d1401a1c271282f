package io.gtrace.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A temporary folder for what does not fit into memory between two batches: the ledger's own is
 * cleared by every writer.
 */
final class SpillFolder implements AutoCloseable {
  private final Path path;

  SpillFolder() {
    try {
      path = Files.createTempDirectory("gtrace-events");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    try (Stream<Path> inside = Files.walk(path)) {
      for (Path each : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException | UncheckedIOException left) {
      // It is temporary, and may be cleared by the system.
    }
  }
}
