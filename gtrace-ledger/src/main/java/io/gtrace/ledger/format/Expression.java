package io.gtrace.ledger.format;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A rule made ready to be applied to many records. */
@FunctionalInterface
interface Expression {
  /** The value of a record; null if it has none. Never blank. */
  @Nullable String of(FieldValues fields);

  /**
   * @param slots the slot of a path
   */
  static Expression of(Rule rule, ToIntFunction<String> slots) {
    if (rule instanceof Rule.Field field) {
      int slot = slots.applyAsInt(field.path());
      return fields -> unlessBlank(fields.text(slot));
    }
    if (rule instanceof Rule.Always always) {
      @Nullable String text = unlessBlank(always.text());
      return fields -> text;
    }
    if (rule instanceof Rule.First first) {
      Expression[] of = all(first.of(), slots);
      return fields -> firstOf(of, fields);
    }
    if (rule instanceof Rule.Sum sum) {
      Expression[] plus = all(sum.plus(), slots);
      Expression[] minus = all(sum.minus(), slots);
      return fields -> sum(plus, minus, fields);
    }
    if (rule instanceof Rule.Given given) {
      Expression[] asked =
          given.condition().fields().stream()
              .map(path -> of(new Rule.Field(path), slots))
              .toArray(Expression[]::new);
      Expression of = of(given.of(), slots);
      return fields -> {
        String text = firstOf(asked, fields);
        return given.condition().isMetBy(text == null ? "" : text) ? of.of(fields) : null;
      };
    }
    if (rule instanceof Rule.Ratio ratio) {
      Expression of = of(ratio.of(), slots);
      Expression over = of(ratio.over(), slots);
      return fields -> ratio(of.of(fields), over.of(fields));
    }
    if (rule instanceof Rule.Elapsed elapsed) {
      Expression of = of(elapsed.of(), slots);
      Expression since = of(elapsed.since(), slots);
      return fields -> {
        String until = of.of(fields);
        String from = since.of(fields);
        return until == null || from == null ? null : Durations.between(from, until);
      };
    }
    return ofText(rule, slots);
  }

  /** Rules that turn one text into another. */
  private static Expression ofText(Rule rule, ToIntFunction<String> slots) {
    if (rule instanceof Rule.Scaled scaled) {
      Expression of = of(scaled.of(), slots);
      return fields -> scaled(of.of(fields), scaled);
    }
    if (rule instanceof Rule.Seconds seconds) {
      Expression of = of(seconds.of(), slots);
      return fields -> {
        String text = of.of(fields);
        return text == null ? null : Durations.inSeconds(text);
      };
    }
    if (rule instanceof Rule.Match match) {
      Expression of = of(match.of(), slots);
      return fields -> matched(of.of(fields), match.pattern());
    }
    if (rule instanceof Rule.Part part) {
      Expression of = of(part.of(), slots);
      return fields -> part(of.of(fields), part.separator(), part.part());
    }
    if (rule instanceof Rule.Choice choice) {
      Expression of = of(choice.of(), slots);
      Map<String, String> values = choice.values();
      return fields -> {
        String text = of.of(fields);
        return text == null
            ? null
            : unlessBlank(values.getOrDefault(text, choice.otherwise().orElse(text)));
      };
    }
    Rule.Prefixed prefixed = (Rule.Prefixed) rule;
    Expression of = of(prefixed.of(), slots);
    return fields -> {
      String text = of.of(fields);
      return text == null ? null : prefixed.prefix() + text;
    };
  }

  private static Expression[] all(List<Rule> rules, ToIntFunction<String> slots) {
    return rules.stream().map(each -> of(each, slots)).toArray(Expression[]::new);
  }

  private static @Nullable String unlessBlank(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }

  private static @Nullable String firstOf(Expression[] of, FieldValues fields) {
    for (Expression each : of) {
      String text = each.of(fields);
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  private static @Nullable String sum(Expression[] plus, Expression[] minus, FieldValues fields) {
    List<BigDecimal> added = new ArrayList<>(plus.length);
    List<BigDecimal> subtracted = new ArrayList<>(minus.length);
    String odd = numbers(plus, fields, added);
    if (odd != null || added.isEmpty()) {
      return odd;
    }
    odd = numbers(minus, fields, subtracted);
    if (odd != null) {
      return odd;
    }
    BigDecimal sum = BigDecimal.ZERO;
    for (BigDecimal each : added) {
      sum = sum.add(each);
    }
    for (BigDecimal each : subtracted) {
      sum = sum.subtract(each);
    }
    return sum.max(BigDecimal.ZERO).toPlainString();
  }

  /** Takes the numbers of all that have a value; returns the first value that is no amount. */
  private static @Nullable String numbers(
      Expression[] of, FieldValues fields, List<BigDecimal> numbers) {
    for (Expression each : of) {
      String text = each.of(fields);
      if (text != null) {
        BigDecimal number = Numerals.read(text);
        if (number == null || number.signum() < 0) {
          return text;
        }
        numbers.add(number);
      }
    }
    return null;
  }

  private static @Nullable String scaled(@Nullable String text, Rule.Scaled by) {
    BigDecimal number = text == null ? null : Numerals.read(text);
    return number == null
        ? text
        : Numerals.plain(number.multiply(by.times()).divide(by.over(), MathContext.DECIMAL64));
  }

  private static @Nullable String ratio(@Nullable String of, @Nullable String over) {
    if (of == null || over == null) {
      return null;
    }
    BigDecimal number = Numerals.read(of);
    BigDecimal by = Numerals.read(over);
    if (number == null || by == null) {
      return number == null ? of : over;
    }
    if (by.signum() == 0) {
      return null;
    }
    return number
        .divide(by, MathContext.DECIMAL64)
        .setScale(0, RoundingMode.HALF_UP)
        .toPlainString();
  }

  private static @Nullable String matched(@Nullable String text, Pattern pattern) {
    if (text == null) {
      return null;
    }
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? unlessBlank(matcher.group(1)) : null;
  }

  private static @Nullable String part(@Nullable String text, String separator, int part) {
    int from = 0;
    for (int i = 1; text != null; i++) {
      int at = text.indexOf(separator, from);
      if (i == part) {
        return unlessBlank(at < 0 ? text.substring(from) : text.substring(from, at));
      }
      if (at < 0) {
        return null;
      }
      from = at + separator.length();
    }
    return null;
  }
}
