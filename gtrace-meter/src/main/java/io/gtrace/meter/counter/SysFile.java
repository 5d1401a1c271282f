package io.gtrace.meter.counter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The small files in which a kernel tells of hardware. */
final class SysFile {
  private SysFile() {}

  /** Its text without blanks around it; empty if it is not there or may not be read. */
  static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (IOException | UncheckedIOException notReadable) {
      return Optional.empty();
    }
  }

  /** The whole number in it; empty if there is none. */
  static OptionalLong number(Path file) {
    Optional<String> text = text(file);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text.get()));
    } catch (NumberFormatException noNumber) {
      return OptionalLong.empty();
    }
  }

  /** What lies in a folder, by name; nothing if there is no such folder. */
  static List<Path> in(Path folder) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(found::add);
    } catch (IOException | DirectoryIteratorException notThere) {
      return List.of();
    }
    found.sort(Comparator.comparing(Path::toString));
    return found;
  }
}
