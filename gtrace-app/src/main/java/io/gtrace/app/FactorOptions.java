package io.gtrace.app;

import io.gtrace.GTrace;
import io.gtrace.factor.Fallback;
import io.gtrace.ratecard.RateCard;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which factors price, and what becomes of names that they do not know. */
final class FactorOptions {
  @Mixin private FactorFile own = new FactorFile();

  @Option(
      names = "--allow-fallback",
      description = "Price an unknown model or place by its nearest class, with a wider interval.")
  private boolean allowFallback;

  /** The file of own factors; empty if none is given. */
  Optional<Path> file() {
    return own.path();
  }

  /** What becomes of unknown models and places. */
  Fallback fallback() {
    return allowFallback ? Fallback.ALLOW : Fallback.REFUSE;
  }

  /** What prices a ledger that is assessed. */
  RateCard ledgerCard() {
    return LedgerCard.of(own);
  }

  GTrace gtrace() {
    if (file().isEmpty() && !allowFallback) {
      return GTrace.standard();
    }
    return GTrace.of(own.catalogue(), fallback());
  }
}
