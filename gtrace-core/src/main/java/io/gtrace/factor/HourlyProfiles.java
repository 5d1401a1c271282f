package io.gtrace.factor;

import io.gtrace.factor.FactorTable.Entry;
import io.gtrace.factor.FactorTable.Row;
import io.gtrace.trace.Provenance;
import io.gtrace.trace.Tier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How intensities move over day and year; those of a zone are read when it is asked for. */
final class HourlyProfiles {
  private static final int MONTHS = 12;
  private static final int HOURS = 24;

  private final Map<String, Lazy<HourlyProfile>> byZone = new HashMap<>();

  /** The hours of one month in a zone: ratios to the mean of the year by hour of the day in UTC. */
  record MonthProfile(String zone, int month, List<Double> ratios, Provenance provenance) {
    static MonthProfile of(Row row) {
      int month = row.integer("month", 0);
      if (month < 1 || month > MONTHS) {
        throw row.error("month", "must be 1 to " + MONTHS + ", not " + month);
      }
      List<Double> ratios = new ArrayList<>();
      for (int hour = 0; hour < HOURS; hour++) {
        ratios.add(row.number("ratio_at_" + (hour < 10 ? "0" : "") + hour + "_utc"));
      }
      return new MonthProfile(row.required("zone"), month, ratios, row.provenance(Tier.DISCLOSED));
    }
  }

  /**
   * @throws FactorFileException if a zone has some months and not all
   */
  HourlyProfiles(List<Entry<MonthProfile>> entries) {
    Entry.by("zone", entries)
        .forEach((zone, months) -> {
          if (months.size() != MONTHS) {
            throw new FactorFileException(
                months.get(0).row().file()
                    + ": zone "
                    + zone
                    + " has "
                    + months.size()
                    + " months");
          }
          byZone.put(zone, new Lazy<>(() -> profile(zone, months)));
        });
  }

  /** The profile of that very zone. */
  Optional<HourlyProfile> of(String zone) {
    return Optional.ofNullable(byZone.get(zone)).map(Lazy::get);
  }

  /** The zones that have one, in order of name. */
  List<String> zones() {
    return byZone.keySet().stream().sorted().toList();
  }

  private static HourlyProfile profile(String zone, List<Entry<MonthProfile>> months) {
    double[] ratios = new double[HourlyProfile.SLOTS];
    for (Entry<MonthProfile> entry : months) {
      MonthProfile month = entry.get();
      for (int hour = 0; hour < HOURS; hour++) {
        ratios[(month.month() - 1) * HOURS + hour] = month.ratios().get(hour);
      }
    }
    return new HourlyProfile(zone, ratios, months.get(0).get().provenance());
  }
}
