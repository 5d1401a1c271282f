package io.gtrace.meter.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files in which Linux tells of processes; processes end while they are read. */
final class ProcFile {
  private ProcFile() {}

  /** Its text; empty if it is not there, or not any more. */
  static Optional<String> text(Path file) {
    try {
      // Names of processes are bytes of any kind.
      return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException | UncheckedIOException gone) {
      return Optional.empty();
    }
  }

  /** What lies in a folder; nothing if it is not there, or not any more. */
  static List<Path> in(Path folder) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(found::add);
    } catch (IOException | DirectoryIteratorException gone) {
      return List.of();
    }
    return found;
  }

  /** The whole number that follows a key in lines of the form {@code key value}; 0 if none does. */
  static double value(String lines, String key) {
    return lines
        .lines()
        .filter(line -> line.startsWith(key))
        .findFirst()
        .map(line -> number(line.substring(key.length()).strip().split("\\s+", -1)[0]))
        .orElse(0.0);
  }

  /** A number of a kernel; 0 where there is none. */
  static double number(String text) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException noNumber) {
      return 0;
    }
  }
}
