package io.gtrace.ratecard;

import io.gtrace.factor.HourlyProfile;
import java.util.Locale;
import java.util.Optional;

/**
 * The hour of the day in a month, UTC, or the whole year where hours are not told apart.
 *
 * @param slot as {@link HourlyProfile#slotOf}; -1 for the whole year
 * @param ratio intensity then over the mean intensity of the year
 * @param profile what told the hours apart
 */
record HourOfYear(int slot, double ratio, Optional<HourlyProfile> profile) {
  static final HourOfYear WHOLE_YEAR = new HourOfYear(-1, 1, Optional.empty());

  static HourOfYear of(HourlyProfile profile, int slot) {
    return new HourOfYear(slot, profile.ratio(slot), Optional.of(profile));
  }

  String label() {
    return slot < 0 ? "all" : String.format(Locale.ROOT, "%02d-%02d", slot / 24 + 1, slot % 24);
  }
}
