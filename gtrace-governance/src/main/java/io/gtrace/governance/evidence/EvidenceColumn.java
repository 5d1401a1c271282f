package io.gtrace.governance.evidence;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A column of a kind of evidence.
 *
 * @param name with its unit, as {@code energy_kwh}
 * @param min the least number that can be true; empty if any can
 * @param max the largest number that can be true
 * @param words the words that it may hold; empty if any
 * @param names what its texts must be names of; empty if of anything
 * @param meaning for people
 */
public record EvidenceColumn(
    String name,
    Type type,
    boolean required,
    OptionalDouble min,
    OptionalDouble max,
    List<String> words,
    Optional<Named> names,
    String meaning) {

  /** What a column holds. */
  public enum Type {
    TEXT,
    /** One of some words. */
    WORD,
    NUMBER,
    /** {@code yes} or {@code no}. */
    FLAG,
    /** A date, as {@code 2026-03-01}. */
    DAY,
    /** A day or a moment with its zone, as {@code 2026-03-01T14:00Z}; a day is its midnight UTC. */
    MOMENT
  }

  /** What a text of a column names. */
  public enum Named {
    /** A site of the ledger. */
    SITE,
    /** A service of the ledger: an app, or the team of calls without one. */
    SERVICE,
    /** A service or team of the ledger. */
    OWNER,
    /** A grid zone in which something of the ledger ran. */
    ZONE,
    /** An accelerator or device of the factors. */
    DEVICE,
    /** A meter of {@code meter-series}. */
    METER
  }

  public EvidenceColumn {
    words = List.copyOf(words);
  }

  /** A value, or what is wrong with it. */
  sealed interface Reading {
    record Value(Object value) implements Reading {}

    record Wrong(String remark) implements Reading {}
  }

  /** Reads a cell that is not empty. */
  Reading read(String text) {
    return switch (type) {
      case TEXT -> new Reading.Value(text);
      case WORD -> word(text);
      case NUMBER -> number(text);
      case FLAG -> flag(text);
      case DAY -> day(text);
      case MOMENT -> moment(text);
    };
  }

  private Reading wrong(String text, String remark) {
    return new Reading.Wrong(name + ": '" + text + "' " + remark);
  }

  private Reading word(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    return words.contains(word)
        ? new Reading.Value(word)
        : wrong(text, "is none of " + String.join(", ", words));
  }

  private Reading flag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "yes", "true" -> new Reading.Value(true);
      case "no", "false" -> new Reading.Value(false);
      default -> wrong(text, "is neither yes nor no");
    };
  }

  private Reading number(String text) {
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException notPlain) {
      return wrong(text, "is no plain number; give it without a unit: " + meaning);
    }
    if (!Double.isFinite(value)) {
      return wrong(text, "is no number that can be counted with");
    }
    if (min.isPresent() && value < min.getAsDouble()) {
      return wrong(text, "cannot be below " + plain(min.getAsDouble()) + ": " + meaning);
    }
    if (max.isPresent() && value > max.getAsDouble()) {
      return wrong(text, "cannot be above " + plain(max.getAsDouble()) + ": " + meaning);
    }
    return new Reading.Value(value);
  }

  /** A number as people write it. */
  static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  private Reading day(String text) {
    try {
      return new Reading.Value(LocalDate.parse(text));
    } catch (DateTimeException other) {
      return wrong(text, "is no day such as 2026-03-01");
    }
  }

  private Reading moment(String text) {
    return momentOf(text)
        .<Reading>map(Reading.Value::new)
        .orElseGet(() -> wrong(text, "is no moment such as 2026-03-01 or 2026-03-01T14:00Z"));
  }

  private static Optional<Instant> momentOf(String text) {
    try {
      return Optional.of(
          text.length() == 10
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException other) {
      return Optional.empty();
    }
  }
}
