package io.gtrace.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** The site as the build has just written it. */
final class BuiltSite {
  static final Path FOLDER = Path.of("target/site").toAbsolutePath();
  static final Path DOCS = Path.of("../docs");

  private BuiltSite() {}

  /** The paths of all pages. */
  static List<String> pages() {
    return files().stream().filter(path -> path.endsWith(".html")).toList();
  }

  /** The paths of all files. */
  static List<String> files() {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> FOLDER.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static Document page(String path) {
    return Jsoup.parse(TextFile.read(FOLDER.resolve(path)), "");
  }
}
