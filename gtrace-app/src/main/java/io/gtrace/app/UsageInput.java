package io.gtrace.app;

import io.gtrace.ledger.UsageFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** As what usage is read, what holds where it does not say, and where what is refused goes. */
final class UsageInput {
  @Mixin private UsageDefaultOptions defaults = new UsageDefaultOptions();
  @Mixin private InputFormatOptions inputFormat = new InputFormatOptions();

  @Option(
      names = "--quarantine",
      paramLabel = "FILE",
      description = {
        "Keeps rows that were refused, with the reason;",
        "default: quarantine-usage.csv.jsonl for usage.csv"
      })
  private Optional<Path> quarantine = Optional.empty();

  UsageDefaultOptions defaults() {
    return defaults;
  }

  InputFormatOptions inputFormat() {
    return inputFormat;
  }

  /** Whether somebody named the quarantine file. */
  boolean namesQuarantine() {
    return quarantine.isPresent();
  }

  /** The files that are named. */
  UsageFiles files(List<Path> named) {
    return UsageFiles.of(named, System.in, inputFormat.format(), defaults.usage());
  }

  /**
   * What is left behind of files.
   *
   * @param report where a report is wanted
   * @param alsoRead further files that are read
   * @throws IllegalArgumentException if one would take the place of another
   */
  UsageOutputs outputs(UsageFiles files, Optional<Path> report, Optional<Path> alsoRead) {
    UsageOutputs outputs = UsageOutputs.of(report, quarantine.orElseGet(files::quarantine));
    outputs.requireOtherThan(
        Stream.of(files.paths(), alsoRead.stream().toList(), inputFormat.files())
            .flatMap(List::stream)
            .toList());
    return outputs;
  }
}
