package io.gtrace.app;

import io.gtrace.app.ActivityCommands.Audio.Task;
import io.gtrace.governance.gate.Gate;
import io.gtrace.governance.guidance.Audience;
import io.gtrace.ledger.CardFormat;
import io.gtrace.ledger.trend.SignalKind;
import io.gtrace.ledger.trend.TimeGrid;
import io.gtrace.meter.load.Counted;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the values of options as usage files read their cells, and says plainly what is wrong. */
final class OptionValues {
  /** As long as any that surely fits. */
  private static final int PLAIN_DIGITS = 18;

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d{1,40}\\.?\\d{0,40}|\\.\\d{1,40})([eE][+-]?\\d{1,3})?");

  private OptionValues() {}

  static void register(CommandLine commandLine) {
    commandLine
        .registerConverter(Long.TYPE, OptionValues::wholeNumber)
        .registerConverter(Integer.TYPE, OptionValues::smallNumber)
        .registerConverter(Integer.class, OptionValues::smallNumber)
        .registerConverter(Double.TYPE, OptionValues::number)
        .registerConverter(Double.class, OptionValues::number)
        .registerConverter(OutputFormat.class, oneOf(OutputFormat.class))
        .registerConverter(CardFormat.class, oneOf(CardFormat.class))
        .registerConverter(TimeGrid.Step.class, oneOf(TimeGrid.Step.class))
        .registerConverter(SignalKind.class, oneOf(SignalKind.class))
        .registerConverter(Audience.class, oneOf(Audience.class))
        .registerConverter(Gate.ScoreUnit.class, oneOf(Gate.ScoreUnit.class))
        .registerConverter(
            DiscloseCommand.FormFormat.class, oneOf(DiscloseCommand.FormFormat.class))
        .registerConverter(Method.class, oneOf(Method.class))
        .registerConverter(Counted.class, oneOf(Counted.class))
        .registerConverter(MeterBooking.Kind.class, oneOf(MeterBooking.Kind.class))
        .registerConverter(Task.class, oneOf(Task.class));
  }

  /** A whole number, also as {@code 1e6}. */
  private static long wholeNumber(String text) {
    if (!text.isEmpty()
        && text.length() <= PLAIN_DIGITS
        && text.chars().allMatch(each -> each >= '0' && each <= '9')) {
      return Long.parseLong(text);
    }
    BigDecimal number = decimal(text, "whole number");
    try {
      return number.longValueExact();
    } catch (ArithmeticException notWhole) {
      throw new TypeConversionException(
          number.stripTrailingZeros().scale() > 0
              ? "'" + text + "' is not a whole number"
              : "'" + text + "' is far too large");
    }
  }

  private static int smallNumber(String text) {
    long number = wholeNumber(text);
    if (number != (int) number) {
      throw new TypeConversionException("'" + text + "' is far too large");
    }
    return (int) number;
  }

  private static double number(String text) {
    return decimal(text, "number").doubleValue();
  }

  private static BigDecimal decimal(String text, String kind) {
    if (!NUMBER.matcher(text.strip()).matches()) {
      throw new TypeConversionException("'" + text + "' is not a " + kind);
    }
    return new BigDecimal(text.strip());
  }

  /** One of the names of an enum, lower case, with hyphens. */
  private static <E extends Enum<E>> ITypeConverter<E> oneOf(Class<E> type) {
    return text ->
        Arrays.stream(type.getEnumConstants())
            .filter(each -> label(each).equalsIgnoreCase(text.strip().replace('_', '-')))
            .findFirst()
            .orElseThrow(() ->
                new TypeConversionException(
                    "'"
                        + text
                        + "' is none of "
                        + Arrays.stream(type.getEnumConstants())
                            .map(OptionValues::label)
                            .collect(Collectors.joining(", "))));
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
