package io.gtrace.server.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rows that were acknowledged and not accounted after all, each one JSON object with file, line,
 * field and reason. The newest files come first.
 *
 * @param files how many there are
 * @param state changes with them
 * @param all their rows, as many as are shown at most
 */
record RefusedRows(int files, String state, List<String> all) {
  /** Who has more of them looks at the files. */
  private static final int MOST = 10_000;

  RefusedRows {
    all = List.copyOf(all);
  }

  /** Reads the files of a folder. */
  static RefusedRows of(Path folder) {
    List<Path> files = files(folder);
    List<String> rows = new ArrayList<>();
    for (Path file : files) {
      if (rows.size() < MOST) {
        try (Stream<String> lines = Files.lines(file)) {
          lines.limit(MOST - rows.size()).forEach(rows::add);
        } catch (IOException unreadable) {
          throw new UncheckedIOException(unreadable);
        }
      }
    }
    return new RefusedRows(files.size(), Integer.toHexString(files.hashCode()), rows);
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> inside = Files.list(folder)) {
      return inside
          .filter(file -> file.getFileName().toString().matches("refused-.*\\.jsonl"))
          .sorted(Comparator.reverseOrder())
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
