package io.gtrace.simulation.wave;

import org.jspecify.annotations.Nullable;

/** People of a shard by the hour in which something is due for them. */
final class EventCalendar {
  private static final IntList NOTHING = new IntList();

  private final @Nullable IntList[] byHour;

  EventCalendar(int hours) {
    byHour = new IntList[hours];
  }

  /** Notes a person down; what is due after the run is not kept. */
  void add(int hour, int person) {
    if (hour >= byHour.length) {
      return;
    }
    IntList due = byHour[hour];
    if (due == null) {
      due = new IntList();
      byHour[hour] = due;
    }
    due.add(person);
  }

  /** What is due in an hour, in the order in which it was noted down. */
  IntList due(int hour) {
    IntList due = byHour[hour];
    return due == null ? NOTHING : due;
  }

  /** Forgets an hour. */
  void forget(int hour) {
    byHour[hour] = null;
  }
}
