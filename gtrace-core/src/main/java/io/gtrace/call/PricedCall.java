package io.gtrace.call;

import io.gtrace.activity.Activity;
import io.gtrace.activity.Volumes;
import io.gtrace.footprint.Footprint;
import io.gtrace.ratecard.CardRow;

/**
 * A call with what prices it.
 *
 * @param activity the call
 * @param row of the card that prices it
 * @param volumes of the call
 */
public record PricedCall(Activity activity, CardRow row, Volumes volumes) {
  /**
   * What the call cost. Its medians are there at once; an interval takes some microseconds when it
   * is asked for.
   */
  public Footprint footprint() {
    return row.price(volumes);
  }
}
