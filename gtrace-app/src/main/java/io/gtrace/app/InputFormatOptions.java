package io.gtrace.app;

import io.gtrace.ledger.InputFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** As what usage files are read. */
final class InputFormatOptions {
  @Option(
      names = "--input-format",
      paramLabel = "FORMAT",
      description =
          "The format of files: one that gtrace formats lists, or plain for columns by name (default:"
              + " told by the content of each file).")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--mapping",
      paramLabel = "FILE",
      description =
          "A YAML file that says which fields of the files hold what. See docs/usage-files.md.")
  private Optional<Path> mapping = Optional.empty();

  /**
   * @throws IllegalArgumentException if both are given
   * @throws io.gtrace.ledger.UsageException if there is no such format, or the mapping file is
   *     wrong
   */
  InputFormat format() {
    if (name.isPresent() && mapping.isPresent()) {
      throw new IllegalArgumentException("--input-format and --mapping exclude each other");
    }
    return mapping
        .map(InputFormat::mapping)
        .or(() -> name.map(InputFormat::named))
        .orElseGet(InputFormat::detected);
  }

  /** The files that are read for it. */
  List<Path> files() {
    return mapping.stream().toList();
  }
}
