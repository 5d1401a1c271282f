package io.gtrace.ratecard;

import io.gtrace.factor.HourlyProfile;
import io.gtrace.site.MatchedHours;
import java.util.Locale;
import java.util.Optional;

/**
 * The hour of the day in a month, UTC, or the whole year where hours are not told apart.
 *
 * @param slot as {@link HourlyProfile#slotOf}; -1 for the whole year
 * @param ratios of the hour to the year
 * @param profile what told the hours of the grid apart
 * @param matched what told the hours of the contract apart
 */
record HourOfYear(
    int slot, HourRatios ratios, Optional<HourlyProfile> profile, Optional<MatchedHours> matched) {
  private static final int HOURS = 24;

  static final HourOfYear WHOLE_YEAR =
      new HourOfYear(-1, HourRatios.OF_YEAR, Optional.empty(), Optional.empty());

  /** The hour of a slot as far as something tells it from others, else the whole year. */
  static HourOfYear of(int slot, Optional<HourlyProfile> profile, Optional<MatchedHours> matched) {
    if (profile.isEmpty() && matched.isEmpty()) {
      return WHOLE_YEAR;
    }
    HourRatios ratios =
        new HourRatios(
            profile.map(hours -> hours.ratio(slot)).orElse(1.0),
            matched.map(hours -> unmatchedRatio(hours, slot)).orElse(1.0));
    return new HourOfYear(slot, ratios, profile, matched);
  }

  private static double unmatchedRatio(MatchedHours hours, int slot) {
    double unmatchedOfYear = 1 - hours.shareOfYear();
    return unmatchedOfYear == 0 ? 1 : (1 - matchedShare(hours, slot)) / unmatchedOfYear;
  }

  private static double matchedShare(MatchedHours hours, int slot) {
    return hours.share(slot / HOURS + 1, slot % HOURS);
  }

  /** Share of consumption that these hours match then; of the year where hours are not told. */
  double matchedShareOf(MatchedHours hours) {
    return slot < 0 ? hours.shareOfYear() : matchedShare(hours, slot);
  }

  String label() {
    return slot < 0
        ? "all"
        : String.format(Locale.ROOT, "%02d-%02d", slot / HOURS + 1, slot % HOURS);
  }
}
