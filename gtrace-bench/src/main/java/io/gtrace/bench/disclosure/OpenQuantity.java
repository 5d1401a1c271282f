package io.gtrace.bench.disclosure;

import io.gtrace.factor.Factor;
import io.gtrace.trace.Provenance;
import io.gtrace.trace.Tier;
import io.gtrace.uncertainty.Scatter;

/** Quantities that a publisher states, or leaves open within a 90 % interval, as factors. */
final class OpenQuantity {
  private OpenQuantity() {}

  /**
   * The quantity in the fields {@code field_low} and {@code field_high}: exact where both are the
   * same.
   */
  static Factor between(PublishedRow row, String subject, String field) {
    double low = row.requiredNumber(field + "_low");
    double high = row.requiredNumber(field + "_high");
    if (low > high) {
      throw row.wrong(field + "_low", "is above " + field + "_high");
    }
    Scatter scatter = low == high ? Scatter.exactly(low) : Scatter.lognormal90(low, high);
    return of(row, subject, field, scatter);
  }

  static Factor of(PublishedRow row, String subject, String field, Scatter scatter) {
    return Factor.of(
        "published:" + subject + ":" + field,
        field.replace('_', ' ') + " of " + subject,
        "",
        scatter,
        new Provenance(
            Tier.DISCLOSED,
            "as published",
            (int) Math.round(row.requiredNumber("year")),
            row.required("licence")));
  }
}
