package io.gtrace.ledger.trend;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Signals of hours or less, put together to UTC days; a gap begins a new part of its day. */
final class DailySignal {
  private DailySignal() {}

  static Signal of(Signal signal) {
    if (!signal.granularity().isFinerThan(Granularity.DAY)) {
      return signal;
    }
    List<Observation> days = new ArrayList<>();
    for (Observation each : signal.observations()) {
      int last = days.size() - 1;
      if (last >= 0 && continues(days.get(last), each)) {
        days.set(last, joined(signal.kind(), days.get(last), each));
      } else {
        days.add(each);
      }
    }
    return new Signal(signal.name(), signal.kind(), Granularity.DAY, signal.source(), days);
  }

  private static boolean continues(Observation earlier, Observation later) {
    return earlier.until().equals(later.from()) && day(earlier.from()).equals(day(later.from()));
  }

  private static Instant day(Instant moment) {
    return moment.truncatedTo(ChronoUnit.DAYS);
  }

  private static Observation joined(SignalKind kind, Observation earlier, Observation later) {
    Reading reading = earlier.reading().plus(later.reading());
    if (kind == SignalKind.INDEX) {
      double whole = hours(earlier.from(), later.until());
      double before = hours(earlier.from(), earlier.until()) / whole;
      reading = earlier.reading().times(before).plus(later.reading().times(1 - before));
    }
    return new Observation(earlier.from(), later.until(), reading, false);
  }

  private static double hours(Instant from, Instant until) {
    return Duration.between(from, until).toSeconds() / 3_600.0;
  }
}
