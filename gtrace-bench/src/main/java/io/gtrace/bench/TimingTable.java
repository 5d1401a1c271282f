package io.gtrace.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Timings as a Markdown table. Whether a target is met is judged by the shortest run. */
final class TimingTable {
  private TimingTable() {}

  static void print(PrintStream out, List<Timing> timings) {
    out.println("| what | min | median | max | runs | target | met |");
    out.println("| --- | ---: | ---: | ---: | ---: | ---: | --- |");
    for (Timing timing : timings) {
      out.printf(
          Locale.ROOT,
          "| %s | %s | %s | %s | %d | %s | %s |%n",
          timing.what(),
          figure(timing.min(), timing.unit()),
          figure(timing.median(), timing.unit()),
          figure(timing.max(), timing.unit()),
          timing.samples().size(),
          timing.limit().map(limit -> "≤ " + figure(limit, timing.unit())).orElse(""),
          timing.limit().map(limit -> timing.min() <= limit ? "yes" : "**no**").orElse(""));
    }
  }

  private static String figure(double value, String unit) {
    int decimals = value == Math.rint(value) || value >= 100 ? 0 : value >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%,." + decimals + "f %s", value, unit);
  }
}
