package io.gtrace.mcp;

import io.gtrace.footprint.Footprint;
import io.gtrace.ledger.ActivityRecords;
import io.gtrace.ledger.ActivityRecords.Priced;
import io.gtrace.ledger.ActivityRecords.Refused;
import io.gtrace.ledger.UsageColumn;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.RateCard;
import io.gtrace.report.Alternative;
import io.gtrace.report.Subject;
import java.time.InstantSource;
import java.util.Map;

/** Prices work that is described in columns. */
final class Pricing {
  private final ActivityRecords records;

  /**
   * @param clock no activity can be later
   */
  Pricing(RateCard card, InstantSource clock) {
    records = new ActivityRecords(card, clock);
  }

  /**
   * @throws IllegalArgumentException if a column is wrong; the message names it
   */
  Alternative price(Map<UsageColumn, String> columns) {
    return switch (records.read("arguments", columns)) {
      case Priced priced -> {
        CardRow row = priced.row();
        Footprint footprint = row.price(priced.activity().volumes(row.defaults()));
        yield new Alternative(Subject.of(priced.activity(), row), "", footprint);
      }
      case Refused refused -> {
        String field = refused.refusal().field();
        throw new IllegalArgumentException(
            (field.isEmpty() ? "" : field + ": ") + refused.refusal().reason());
      }
    };
  }
}
