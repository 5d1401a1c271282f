package io.gtrace.app;

import io.gtrace.governance.pyramid.Assessment;
import io.gtrace.report.AssessmentPage;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The page and the document that an assessment is drawn on. */
final class AssessmentFiles {
  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Also draw it: .html is a page, .pdf one page for a board with the detail behind it; give"
              + " it twice for both.")
  private List<Path> paths = List.of();

  /**
   * The files, tried before the work.
   *
   * @param inputs files that are read
   * @throws IllegalArgumentException if one would take the place of one of them, or its ending
   *     means no form
   * @throws java.io.UncheckedIOException if it cannot be made
   */
  List<OutputFile> places(List<Path> inputs) {
    List<OutputFile> files = paths.stream().map(each -> new OutputFile("--out", each)).toList();
    for (OutputFile file : files) {
      file.requireOtherThan(inputs);
      if (!file.isDevice() && !isPdf(file) && !PageOption.isPage(file)) {
        throw new IllegalArgumentException(
            file + ": let its name end in .html for a page, or in .pdf for a document");
      }
      file.requirePlace();
    }
    return files;
  }

  private static boolean isPdf(OutputFile file) {
    return file.path().toString().toLowerCase(Locale.ROOT).endsWith(".pdf");
  }

  /** Draws an assessment and says where it is. */
  static void write(OutputFile file, Assessment assessment, Instant now, PrintWriter err) {
    if (isPdf(file)) {
      byte[] pdf = AssessmentPage.pdf(assessment, now);
      file.write(at -> Files.write(at, pdf));
      err.println("PDF: " + file.shortestPath());
      err.flush();
    } else {
      PageOption.write(file, AssessmentPage.html(assessment, now), err);
    }
  }
}
