package io.gtrace.simulation.wave;

/** People of a shard by the hour in which something is due for them. */
final class EventCalendar {
  private final Blocks.Row[] byHour;

  /**
   * @param blocks to note people down in
   */
  EventCalendar(int hours, Blocks blocks) {
    byHour = new Blocks.Row[hours + 1];
    for (int hour = 0; hour <= hours; hour++) {
      byHour[hour] = blocks.new Row();
    }
  }

  /** Notes a person down; what is due after the run is not kept. */
  void add(int hour, int person) {
    // A branch would be guessed wrong: what comes too late has a row too, which is emptied unread.
    byHour[Math.min(hour, byHour.length - 1)].add(person);
  }

  /** What is due in an hour, in the order in which it was noted down. */
  Blocks.Row due(int hour) {
    byHour[byHour.length - 1].clear();
    return byHour[hour];
  }
}
