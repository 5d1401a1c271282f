package io.gtrace.factor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The many ways in which gateways, clouds and hubs write one model's name: {@code
 * openrouter/openai/gpt-4o}, {@code us.anthropic.claude-3-5-sonnet-20241022-v2:0}, {@code
 * gpt-4o-2024-08-06}, {@code ft:gpt-4o-mini:acme::x1}, {@code llama3.1:70b}.
 */
final class ModelNames {
  private static final Pattern FINE_TUNE = Pattern.compile("^ft:([^:]+):.*$");
  private static final Pattern CLOUD_PREFIX =
      Pattern.compile(
          "^(?:(?:us|eu|apac|global|us-gov|jp|au)\\.)?(?:anthropic|meta|mistral|cohere|amazon"
              + "|ai21|deepseek|stability|openai|qwen|google|nvidia|moonshot|minimax)\\.");
  private static final Pattern VERSION_SUFFIX =
      Pattern.compile(
          "(?:-v\\d+(?::\\d+)?(?::\\d+k)?|:latest|:free|:beta|:thinking|-latest|-preview"
              + "|[-@](?:20\\d{2}-?\\d{2}-?\\d{2}|\\d{4}|\\d{3}|\\d{2}-20\\d{2}|\\d{2}-\\d{2}|default))$");
  private static final Pattern PARAMETERS_B =
      Pattern.compile("(?:^|[-_:x])(\\d{1,4}(?:\\.\\d+)?)b(?:[-_:.]|$)");

  private ModelNames() {}

  /** The name and what is left of it when prefixes and version suffixes go, longest first. */
  static List<String> readings(String name) {
    List<String> readings = new ArrayList<>();
    String current = name.strip().toLowerCase(Locale.ROOT);
    Matcher fineTune = FINE_TUNE.matcher(current);
    if (fineTune.matches()) {
      current = fineTune.group(1);
    }
    addWithoutSuffixes(readings, current);
    for (int slash = current.indexOf('/'); slash >= 0; slash = current.indexOf('/')) {
      current = current.substring(slash + 1);
      addWithoutSuffixes(readings, current);
    }
    Matcher cloud = CLOUD_PREFIX.matcher(current);
    if (cloud.find()) {
      addWithoutSuffixes(readings, current.substring(cloud.end()));
    }
    return readings;
  }

  /** Billions of parameters, where the name states them, as in {@code my-tune-70b}. */
  static OptionalDouble statedParametersB(String name) {
    Matcher matcher = PARAMETERS_B.matcher(name.toLowerCase(Locale.ROOT));
    double largest = 0;
    while (matcher.find()) {
      largest = Math.max(largest, Double.parseDouble(matcher.group(1)));
    }
    return largest > 0 ? OptionalDouble.of(largest) : OptionalDouble.empty();
  }

  private static void addWithoutSuffixes(List<String> readings, String name) {
    String current = name;
    while (!current.isEmpty()) {
      readings.add(current);
      Matcher suffix = VERSION_SUFFIX.matcher(current);
      if (!suffix.find()) {
        return;
      }
      current = current.substring(0, suffix.start());
    }
  }
}
