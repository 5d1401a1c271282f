package io.gtrace.report;

import io.gtrace.footprint.Quantity;
import io.gtrace.simulation.study.Study;
import io.gtrace.simulation.study.StudyOutcome;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/**
 * How the page of a study speaks.
 *
 * @param one what one output is called
 * @param many what several are called
 */
record StudyWords(String one, String many) {
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final MathContext DRAWN = new MathContext(4);
  private static final int HOURS_OF_DAY = 24;

  static StudyWords of(Study study) {
    return switch (study.modality().map(Enum::name).orElse("")) {
      case "TEXT" -> new StudyWords("text", "texts");
      case "IMAGE" -> new StudyWords("image", "images");
      case "VIDEO" -> new StudyWords("video", "videos");
      default -> new StudyWords("output", "outputs");
    };
  }

  /** The plural at the head of a column or figure. */
  String manyAsTitle() {
    return many.substring(0, 1).toUpperCase(Locale.ROOT) + many.substring(1);
  }

  /** The interval alone; empty where there is none. */
  static String range(Quantity number) {
    return Figures.isExact(number)
        ? ""
        : Figures.amount(number.low()) + " to " + Figures.amount(number.high());
  }

  static LineTable.Cell cell(Quantity number) {
    return new LineTable.Cell(
        Figures.amount(number.median()),
        Figures.isExact(number) ? "" : Figures.amountRange(number));
  }

  static String hour(Instant at) {
    return HOUR.format(at);
  }

  /** One step of the map, as in {@code day} or {@code 3 hours}. */
  static String step(StudyOutcome.Spread spread) {
    int hours = spread.stepHours();
    if (hours == 1 || hours == HOURS_OF_DAY) {
      return hours == 1 ? "hour" : "day";
    }
    return hours % HOURS_OF_DAY == 0 ? hours / HOURS_OF_DAY + " days" : hours + " hours";
  }

  /** Names of places as short as they can be while no two are alike. */
  static List<String> shortNames(List<StudyOutcome.Group> groups) {
    List<String> last =
        groups.stream()
            .map(group -> group.name().substring(group.name().lastIndexOf('/') + 1))
            .toList();
    return last.stream().distinct().count() == last.size()
        ? last
        : groups.stream().map(StudyOutcome.Group::name).toList();
  }

  static void numbers(JsonGenerator json, String name, double... values) {
    json.writeArrayPropertyStart(name);
    for (double value : values) {
      json.writeNumber(drawn(value));
    }
    json.writeEndArray();
  }

  /** As many digits as a picture shows: a page half as long. */
  static double drawn(double value) {
    return Double.isFinite(value) ? new BigDecimal(value).round(DRAWN).doubleValue() : 0;
  }
}
