package io.gtrace.server.page;

import io.helidon.common.parameters.Parameters;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a form was filled in with; an empty field counts as none. */
final class Fields {
  private static final Pattern DIGIT_GROUPS = Pattern.compile("[ ,_\u00a0]");
  private static final int LONGEST = 2_000;

  private final Parameters parameters;

  Fields(Parameters parameters) {
    this.parameters = parameters;
  }

  /**
   * The text of a field.
   *
   * @throws IllegalArgumentException if it is longer than any name or number is
   */
  Optional<String> text(String name) {
    return parameters.first(name).asOptional().flatMap(text -> cleaned(name, text));
  }

  /** All texts of fields of one name. */
  List<String> texts(String name) {
    return parameters.contains(name)
        ? parameters.all(name).stream().flatMap(text -> cleaned(name, text).stream()).toList()
        : List.of();
  }

  private static Optional<String> cleaned(String name, String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException(name + " is longer than " + LONGEST + " characters");
    }
    return Optional.of(text.strip()).filter(stripped -> !stripped.isEmpty());
  }

  /**
   * A number of a field.
   *
   * @param usual where the field is empty
   * @throws IllegalArgumentException if it is no whole number from 0
   */
  long whole(String name, long usual) {
    return text(name).map(text -> whole(name, text)).orElse(usual);
  }

  private static long whole(String name, String text) {
    try {
      long number = Long.parseLong(DIGIT_GROUPS.matcher(text).replaceAll(""));
      if (number < 0) {
        throw wrong(name, text, "a whole number from 0");
      }
      return number;
    } catch (NumberFormatException none) {
      throw wrong(name, text, "a whole number from 0");
    }
  }

  /**
   * A number of a field, with decimals.
   *
   * @throws IllegalArgumentException if it is no number from 0
   */
  double number(String name, double usual) {
    return text(name).map(text -> number(name, text)).orElse(usual);
  }

  private static double number(String name, String text) {
    try {
      double number = Double.parseDouble(text);
      if (!(number >= 0 && Double.isFinite(number))) {
        throw wrong(name, text, "a number from 0");
      }
      return number;
    } catch (NumberFormatException none) {
      throw wrong(name, text, "a number from 0");
    }
  }

  private static IllegalArgumentException wrong(String name, String text, String wanted) {
    return new IllegalArgumentException(
        String.format(Locale.ROOT, "%s must be %s, not '%s'", name, wanted, text));
  }

  /** A path with fields, as a browser sends them. */
  static Link link(String path) {
    return new Link(path);
  }

  /** A path that gets fields one by one. */
  static final class Link {
    private final StringBuilder text;
    private char next = '?';

    private Link(String path) {
      text = new StringBuilder(path);
    }

    Link with(String name, Object value) {
      String shown = value.toString();
      if (!shown.isEmpty()) {
        text.append(next)
            .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
            .append('=')
            .append(URLEncoder.encode(shown, StandardCharsets.UTF_8));
        next = '&';
      }
      return this;
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
