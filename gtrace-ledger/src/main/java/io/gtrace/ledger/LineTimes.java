package io.gtrace.ledger;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Reads times as bytes, of the forms that nearly all logs use: {@code 2026-03-01T14:30:00.123Z}
 * with a blank for the {@code T}, without fraction, with an offset or without one (UTC), or a whole
 * number since 1970, of which the size tells the unit. Not for sharing between threads.
 */
final class LineTimes {
  /** What is not of these forms, which {@link MomentParser} judges. */
  static final long OTHER = Long.MIN_VALUE;

  private static final int YEAR = "2026".length();
  private static final int DATE = "2026-03-01".length();
  private static final int TO_SECONDS = "2026-03-01T14:30:00".length();
  private static final int OFFSET = "+00:00".length();
  private static final int MOST_FRACTION_DIGITS = 9;
  private static final int MICRO_DIGITS = 6;
  private static final int MOST_DIGITS = 19;
  private static final long US_PER_SECOND = 1_000_000;
  private static final long US_PER_DAY = 86_400 * US_PER_SECOND;

  private static final long FIRST_MILLISECOND_COUNT = 100_000_000_000L;
  private static final long FIRST_MICROSECOND_COUNT = 1_000 * FIRST_MILLISECOND_COUNT;
  private static final long FIRST_NANOSECOND_COUNT = 1_000 * FIRST_MICROSECOND_COUNT;

  /** The date that was read last: most lines of a log are of the day of the one before. */
  private int lastDate;

  private long lastDay;

  /** Microseconds since 1970, or {@link #OTHER}. */
  long read(byte[] text, int from, int to) {
    return to - from < TO_SECONDS || text[from + YEAR] != '-'
        ? sinceEpoch(text, from, to)
        : calendar(text, from, to);
  }

  private static long sinceEpoch(byte[] text, int from, int to) {
    if (to - from > MOST_DIGITS) {
      return OTHER;
    }
    long count = 0;
    for (int i = from; i < to; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return OTHER;
      }
      count = count * 10 + digit;
    }
    if (count < 0) {
      // Nineteen digits can be too many.
      return OTHER;
    }
    if (count < FIRST_MILLISECOND_COUNT) {
      return count * US_PER_SECOND;
    }
    if (count < FIRST_MICROSECOND_COUNT) {
      return count * 1_000;
    }
    return count < FIRST_NANOSECOND_COUNT ? count : count / 1_000;
  }

  private long calendar(byte[] text, int from, int to) {
    int hour = two(text, from + 11);
    int minute = two(text, from + 14);
    int second = two(text, from + 17);
    boolean shaped =
        (text[from + DATE] == 'T' || text[from + DATE] == ' ')
            && text[from + 13] == ':'
            && text[from + 16] == ':';
    boolean inRange =
        hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 59;
    long day = shaped && inRange ? day(text, from) : OTHER;
    if (day == OTHER) {
      return OTHER;
    }
    int at = from + TO_SECONDS;
    long fractionUs = 0;
    if (at < to && text[at] == '.') {
      int end = at + 1;
      while (end < to && text[end] >= '0' && text[end] <= '9') {
        end++;
      }
      if (end == at + 1 || end - at - 1 > MOST_FRACTION_DIGITS) {
        return OTHER;
      }
      fractionUs = micros(text, at + 1, end);
      at = end;
    }
    long offsetMinutes = offsetMinutes(text, at, to);
    return offsetMinutes == OTHER
        ? OTHER
        : day * US_PER_DAY
            + (hour * 3_600L + (minute - offsetMinutes) * 60 + second) * US_PER_SECOND
            + fractionUs;
  }

  private static long micros(byte[] text, int from, int end) {
    long micros = 0;
    for (int i = from; i < from + MICRO_DIGITS; i++) {
      micros = micros * 10 + (i < end ? text[i] - '0' : 0);
    }
    return micros;
  }

  private static long offsetMinutes(byte[] text, int at, int to) {
    if (at == to || (at + 1 == to && text[at] == 'Z')) {
      return 0;
    }
    boolean shaped =
        to - at == OFFSET && (text[at] == '+' || text[at] == '-') && text[at + 3] == ':';
    int hours = shaped ? two(text, at + 1) : -1;
    int minutes = shaped ? two(text, at + 4) : -1;
    if (hours < 0 || hours > 17 || minutes < 0 || minutes > 59) {
      return OTHER;
    }
    return (text[at] == '-' ? -1 : 1) * (hours * 60L + minutes);
  }

  private long day(byte[] text, int from) {
    int century = two(text, from);
    int ofCentury = two(text, from + 2);
    int month = two(text, from + 5);
    int dayOfMonth = two(text, from + 8);
    boolean shaped =
        text[from + 4] == '-'
            && text[from + 7] == '-'
            && century >= 0
            && ofCentury >= 0
            && month >= 1
            && dayOfMonth >= 1;
    if (!shaped) {
      return OTHER;
    }
    int year = century * 100 + ofCentury;
    int date = (year * 100 + month) * 100 + dayOfMonth;
    if (date != lastDate) {
      try {
        lastDay = LocalDate.of(year, month, dayOfMonth).toEpochDay();
        lastDate = date;
      } catch (DateTimeException noSuchDay) {
        return OTHER;
      }
    }
    return lastDay;
  }

  /** A number of two digits; negative if it is none. */
  private static int two(byte[] text, int at) {
    int tens = text[at] - '0';
    int ones = text[at + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : 10 * tens + ones;
  }
}
