package io.gtrace.app;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A page that a command writes beside what it prints. */
final class PageOption {
  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Also write a page with the charts, as HTML.")
  private Optional<Path> path = Optional.empty();

  /**
   * The file, tried before the work.
   *
   * @param inputs files that are read
   * @throws IllegalArgumentException if it would take the place of one of them
   * @throws java.io.UncheckedIOException if it cannot be made
   */
  Optional<OutputFile> place(List<Path> inputs) {
    Optional<OutputFile> page = path.map(each -> new OutputFile("--out", each));
    page.ifPresent(file -> {
      file.requireOtherThan(inputs);
      if (!file.isDevice() && !isPage(file)) {
        throw new IllegalArgumentException(file + ": is a page; let its name end in .html");
      }
      file.requirePlace();
    });
    return page;
  }

  /** Whether the ending of its name is that of a page. */
  static boolean isPage(OutputFile file) {
    return file.path().toString().matches("(?i).*\\.html?");
  }

  /** Writes a page and says where it is. */
  static void write(OutputFile page, String html, PrintWriter err) {
    page.write(at -> Files.writeString(at, html));
    err.println("Page: " + page.shortestPath());
    err.flush();
  }
}
