package io.gtrace.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the accounting of usage leaves behind.
 *
 * @param report the report; empty if none is asked for
 * @param quarantine keeps refused rows; written only if there are any
 */
record UsageOutputs(Optional<ReportFile> report, OutputFile quarantine) {
  static UsageOutputs of(Optional<Path> report, Path quarantine) {
    return new UsageOutputs(report.map(ReportFile::at), new OutputFile("--quarantine", quarantine));
  }

  /**
   * @throws IllegalArgumentException if one of them would take the place of another or of a file
   *     that is read
   */
  void requireOtherThan(List<Path> inputs) {
    report.ifPresent(asked -> {
      asked.file().requireOtherThan(inputs);
      if (asked.file().is(quarantine.path())) {
        throw new IllegalArgumentException(
            asked.file() + " and " + quarantine + " are the same file");
      }
    });
    quarantine.requireOtherThan(inputs);
  }

  /**
   * @throws UncheckedIOException if the quarantine file cannot be made
   */
  void requireQuarantinePlace() {
    if (quarantine.isDevice()) {
      throw new UncheckedIOException(
          new IOException(quarantine + " cannot be written: it is no file but a device or pipe"));
    }
    quarantine.requirePlace();
  }

  /**
   * @throws UncheckedIOException if the report cannot be made
   */
  void requireReportPlace() {
    report.ifPresent(asked -> asked.file().requirePlace());
  }
}
