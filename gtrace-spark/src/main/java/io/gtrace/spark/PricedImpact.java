package io.gtrace.spark;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One number of a footprint: an impact, and its median or an end of its interval. */
record PricedImpact(Impact impact, Bound bound) implements Serializable {

  /** Which number of a figure with an interval. */
  enum Bound {
    MEDIAN(""),
    LOW("_low"),
    HIGH("_high");

    private final String suffix;

    Bound(String suffix) {
      this.suffix = suffix;
    }

    /** Ends the names of functions. */
    String suffix() {
      return suffix;
    }
  }

  /** The number; null where the impact is not known. */
  @Nullable Double of(Footprint footprint) {
    if (bound == Bound.MEDIAN) {
      double median = footprint.median(impact);
      return Double.isNaN(median) ? null : Double.valueOf(median);
    }
    Optional<Quantity> quantity = footprint.quantity(impact);
    if (quantity.isEmpty()) {
      return null;
    }
    return bound == Bound.LOW ? quantity.get().low() : quantity.get().high();
  }
}
