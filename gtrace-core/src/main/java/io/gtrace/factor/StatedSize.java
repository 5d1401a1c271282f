package io.gtrace.factor;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of an unknown model says of its size, as {@code my-tune-70b}, {@code acme-30b-a3b}
 * and {@code acme-8x7b} do.
 *
 * @param total parameters stored, 10^9
 * @param active parameters that act on one token, 10^9
 */
record StatedSize(Range total, Range active) {
  private static final String START = "(?<![a-z0-9.])";
  private static final String END = "(?![a-z0-9])";
  private static final Pattern PARAMETERS =
      Pattern.compile(START + "(\\d{2,4}m|\\d{1,4}(?:\\.\\d+)?[bt])" + END);
  private static final Pattern ACTIVE = Pattern.compile(START + "a(\\d{1,3}(?:\\.\\d+)?b)" + END);
  private static final Pattern EXPERTS =
      Pattern.compile(START + "(\\d{1,3})x(\\d{1,3}(?:\\.\\d+)?b)" + END);

  /** A size stated in a name is taken to be right within this factor either way. */
  private static final double SLACK = 1.3;

  /** Experts share what is not feed-forward: Mixtral 8x7B has 47 billion, 8x22B has 141. */
  private static final double LEAST_EXPERT_SHARE = 0.7;

  private static final int MOST_EXPERTS_AT_WORK = 2;

  /** The largest size stated in a name. */
  static Optional<StatedSize> in(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    Matcher experts = EXPERTS.matcher(lower);
    if (experts.find()) {
      double each = billions(experts.group(2));
      double all = each * Double.parseDouble(experts.group(1));
      return all == 0
          ? Optional.empty()
          : Optional.of(
              new StatedSize(
                  new Range(all * LEAST_EXPERT_SHARE, all),
                  new Range(each * LEAST_EXPERT_SHARE, each * MOST_EXPERTS_AT_WORK)));
    }
    Optional<Range> total = largest(PARAMETERS.matcher(lower));
    Optional<Range> active = largest(ACTIVE.matcher(lower));
    return total.map(stored ->
        new StatedSize(
            stored, active.filter(acting -> acting.high() <= stored.high()).orElse(stored)));
  }

  private static Optional<Range> largest(Matcher sizes) {
    double largest = 0;
    while (sizes.find()) {
      largest = Math.max(largest, billions(sizes.group(1)));
    }
    return largest > 0
        ? Optional.of(new Range(largest / SLACK, largest * SLACK))
        : Optional.empty();
  }

  private static double billions(String size) {
    double number = Double.parseDouble(size.substring(0, size.length() - 1));
    return switch (size.charAt(size.length() - 1)) {
      case 'm' -> number / 1_000;
      case 't' -> number * 1_000;
      default -> number;
    };
  }
}
