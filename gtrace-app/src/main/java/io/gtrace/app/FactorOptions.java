package io.gtrace.app;

import io.gtrace.GTrace;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which factors price, and what becomes of names that they do not know. */
final class FactorOptions {
  @Option(
      names = "--factors",
      paramLabel = "FILE",
      description =
          "Own factors (YAML) laid over the shipped ones: data centres, models, grids, devices.")
  private Optional<Path> overrides = Optional.empty();

  @Option(
      names = "--allow-fallback",
      description = "Price an unknown model or place by its nearest class, with a wider interval.")
  private boolean allowFallback;

  /** The file of own factors, where one is given. */
  Optional<Path> file() {
    return overrides;
  }

  GTrace gtrace() {
    if (overrides.isEmpty() && !allowFallback) {
      return GTrace.standard();
    }
    FactorCatalogue catalogue =
        overrides.map(FactorCatalogue::shippedWith).orElseGet(FactorCatalogue::shipped);
    return GTrace.of(catalogue, allowFallback ? Fallback.ALLOW : Fallback.REFUSE);
  }
}
