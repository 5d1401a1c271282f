package io.gtrace.server.page;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times in words, all in UTC. */
final class Moments {
  private static final DateTimeFormatter DAY = format("d MMMM yyyy");
  private static final DateTimeFormatter TIME = format("HH:mm");
  private static final DateTimeFormatter MINUTE = format("d MMM yyyy HH:mm");

  private Moments() {}

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }

  static String day(Instant moment) {
    return DAY.format(moment);
  }

  static String time(Instant moment) {
    return TIME.format(moment);
  }

  static String minute(Instant moment) {
    return MINUTE.format(moment);
  }

  /** The day that a moment lies in. */
  static LocalDate dayOf(Instant moment) {
    return LocalDate.ofInstant(moment, ZoneOffset.UTC);
  }

  /** When a day begins. */
  static Instant start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** A moment in an hour of the day of a month, as profiles of grids tell them apart. */
  static Instant ofSlot(int year, int slot) {
    return LocalDate.of(year, 1 + slot / 24, 1).atTime(slot % 24, 0).toInstant(ZoneOffset.UTC);
  }
}
