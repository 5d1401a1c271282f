package io.gtrace.app;

import io.gtrace.factor.FactorCatalogue;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The factors that are looked up: the shipped ones, and own ones over them. */
final class FactorFile {
  @Option(
      names = "--factors",
      paramLabel = "FILE",
      description =
          "Own factors (YAML) laid over the shipped ones: data centres, models, grids, devices.")
  private Optional<Path> path = Optional.empty();

  /** The file of own factors; empty if none is given. */
  Optional<Path> path() {
    return path;
  }

  FactorCatalogue catalogue() {
    return path.map(FactorCatalogue::shippedWith).orElseGet(FactorCatalogue::shipped);
  }
}
