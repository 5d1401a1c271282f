package io.gtrace.app;

import io.gtrace.report.Subject;

/** What a figure is the figure of, as the first cells of a line. */
final class SubjectCsv {
  static final String HEADER = "model,site,method,notes,";

  private SubjectCsv() {}

  /** The cells under {@link #HEADER}, with a comma at their end. */
  static String of(Subject subject, Method method) {
    return CsvLine.of(
            subject.model(), subject.site(), method.name(), String.join("; ", subject.notes()))
        + ",";
  }
}
