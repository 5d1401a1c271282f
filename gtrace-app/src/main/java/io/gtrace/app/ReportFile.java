package io.gtrace.app;

import io.gtrace.report.AccountReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The report that {@code --out} asks for.
 *
 * @param file where it goes
 * @param form what is written
 */
record ReportFile(OutputFile file, Form form) {

  /** What a report can be; the ending of its name tells. */
  enum Form {
    HTML,
    MARKDOWN,
    CSV,
    JSON;

    private static Optional<Form> ofName(String name) {
      int dot = name.lastIndexOf('.');
      return switch (dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT)) {
        case "html", "htm" -> Optional.of(HTML);
        case "md" -> Optional.of(MARKDOWN);
        case "csv" -> Optional.of(CSV);
        case "json" -> Optional.of(JSON);
        default -> Optional.empty();
      };
    }

    private String of(AccountReport report) {
      return switch (this) {
        case HTML -> report.html();
        case MARKDOWN -> report.markdown();
        case CSV -> report.csv();
        case JSON -> report.json();
      };
    }
  }

  /**
   * @throws IllegalArgumentException if the ending of the name means no form
   */
  static ReportFile at(Path path) {
    OutputFile file = new OutputFile("--out", path);
    return Form.ofName(path.toString())
        .map(form -> new ReportFile(file, form))
        .orElseThrow(() ->
            new IllegalArgumentException(
                file + ": the name of a report must end in .html, .md, .csv or .json"));
  }

  void write(AccountReport report) {
    String content = form.of(report);
    file.write(at -> Files.writeString(at, content));
  }
}
