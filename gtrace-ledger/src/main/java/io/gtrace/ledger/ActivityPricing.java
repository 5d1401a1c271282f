package io.gtrace.ledger;

import io.gtrace.activity.Activity;
import io.gtrace.factor.UnknownNameException;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.RateCard;

/** Finds what prices an activity, or says which of its fields is why nothing does. */
final class ActivityPricing {
  private final RateCard card;

  ActivityPricing(RateCard card) {
    this.card = card;
  }

  /** The row of the card that prices an activity. */
  CardRow row(Activity activity) throws RefusedRowException {
    try {
      return card.row(activity);
    } catch (UnknownNameException unknown) {
      UsageColumn column =
          switch (unknown.kind()) {
            case MODEL -> UsageColumn.MODEL;
            case PLACE -> UsageColumn.SITE;
            case DEVICE -> deviceColumn(activity, unknown.unknown());
          };
      throw new RefusedRowException(column, String.valueOf(unknown.getMessage()));
    } catch (IllegalArgumentException notPriced) {
      throw new RefusedRowException(UsageColumn.MODEL, String.valueOf(notPriced.getMessage()));
    }
  }

  /** A device is named by a training run, or by its site. */
  private static UsageColumn deviceColumn(Activity activity, String device) {
    return activity.modality().goesByHardware() && activity.subject().equals(device)
        ? UsageColumn.ACCELERATOR
        : UsageColumn.SITE;
  }

  /** A training run that nobody named goes by its hardware, as its row does. */
  static String nameOf(Activity activity, CardRow row) {
    return activity.modality().goesByHardware() && !activity.model().equals(activity.subject())
        ? activity.model()
        : row.model();
  }
}
