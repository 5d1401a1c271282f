package io.gtrace.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A file in a folder that the site has a copy of. */
record FolderFile(String name, long bytes) {
  static FolderFile of(Path file) {
    try {
      return new FolderFile(file.getFileName().toString(), Files.size(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** In kB (1,000 bytes). */
  String size() {
    return String.format(Locale.ROOT, "%,.1f kB", bytes / 1000.0);
  }
}
