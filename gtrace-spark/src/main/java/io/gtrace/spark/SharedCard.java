package io.gtrace.spark;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.ratecard.RateCard;
import io.gtrace.uncertainty.Draws;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A rate card as it travels to executors: by the name of its factors. Each process that it comes to
 * compiles the rows that it needs, once; {@linkplain #card they are the same everywhere}, since
 * draws depend on names and seeds alone. Unknown names are priced by what they tell, with a wide
 * interval. Safe for use by many threads.
 */
final class SharedCard implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String factors;
  private final String factorSet;
  private transient volatile @Nullable RateCard card;

  private SharedCard(String factors, RateCard card) {
    this.factors = factors;
    this.card = card;
    factorSet = card.catalogue().factorSet();
  }

  /**
   * @param factors a file of own factors, to be found under the same path on every machine; empty
   *     for those that ship
   * @throws io.gtrace.factor.FactorFileException if it cannot be used
   */
  static SharedCard of(Optional<Path> factors) {
    String path = factors.map(each -> each.toAbsolutePath().toString()).orElse("");
    return new SharedCard(path, compiled(path));
  }

  private static RateCard compiled(String factors) {
    FactorCatalogue catalogue =
        factors.isEmpty()
            ? FactorCatalogue.shipped()
            : FactorCatalogue.shippedWith(Path.of(factors));
    return new RateCard(catalogue, Draws.standard(catalogue.correlations()), Fallback.ALLOW);
  }

  /** Digest of the factors. */
  String factorSet() {
    return factorSet;
  }

  /**
   * The card of this process.
   *
   * @throws IllegalStateException if the factors on this machine are others than on the driver's
   */
  RateCard card() {
    RateCard known = card;
    if (known == null) {
      synchronized (this) {
        known = card;
        if (known == null) {
          known = compiled(factors);
          requireSame(known);
          card = known;
        }
      }
    }
    return known;
  }

  private void requireSame(RateCard here) {
    String found = here.catalogue().factorSet();
    if (!found.equals(factorSet)) {
      throw new IllegalStateException(
          "the factors on this machine are not those of the driver ("
              + found
              + ", not "
              + factorSet
              + "): give every machine the same version of gtrace-spark"
              + (factors.isEmpty() ? "" : " and the same " + factors));
    }
  }
}
