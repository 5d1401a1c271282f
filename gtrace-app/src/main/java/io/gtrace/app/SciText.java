package io.gtrace.app;

import io.gtrace.footprint.Quantity;
import io.gtrace.report.Figures;
import io.gtrace.report.SciJson;
import io.gtrace.report.Subject;
import io.gtrace.sci.FunctionalUnit;
import io.gtrace.sci.SciScore;
import java.io.PrintWriter;
import java.util.Locale;

/** Prints a Software Carbon Intensity. */
final class SciText {
  /** From one to 10^30, in steps of a thousand. */
  private static final String SI_PREFIXES = " kMGTPEZYRQ";

  private SciText() {}

  static void print(PrintWriter out, Subject subject, SciScore score, OutputFormat format) {
    switch (format) {
      case json -> out.println(SciJson.of(subject::writeTo, score));
      case csv -> csv(out, subject, score);
      case text -> text(out, subject, score);
    }
    out.flush();
  }

  private static void csv(PrintWriter out, Subject subject, SciScore score) {
    Quantity kg = score.kgPerUnit();
    out.println(
        SubjectCsv.HEADER
            + "boundary,functional_unit,units,sci_kg_per_unit,sci_kg_low,sci_kg_high,factor_set");
    out.printf(
        Locale.ROOT,
        "%s%s,%s,%s,%s,%s,%s,%s%n",
        SubjectCsv.of(subject, Method.sci),
        score.unit().boundary().label(),
        score.unit().label(),
        score.units(),
        kg.median(),
        kg.low(),
        kg.high(),
        score.footprint().factorSet());
  }

  private static void text(PrintWriter out, Subject subject, SciScore score) {
    out.printf(
        "SCI  %s for one %s (%s)%n",
        Figures.carbon(score.kgPerUnit()), score.unit().label(), score.unit().boundary().label());
    out.printf(
        "     operational %s, embodied %s%n",
        Figures.carbon(score.operationalKgPerUnit()), Figures.carbon(score.embodiedKgPerUnit()));
    out.println(
        "     R = "
            + counted(score.units(), score.unit())
            + " in all, location-based, offsets and contracts left out");
    subject.notes().forEach(note -> out.println("     note: " + note));
  }

  private static String counted(double units, FunctionalUnit unit) {
    if (unit == FunctionalUnit.FLOP) {
      int prefix = 0;
      double rest = units;
      while (rest >= 1_000 && prefix < SI_PREFIXES.length() - 1) {
        rest /= 1_000;
        prefix++;
      }
      return Numbers.upToThreeDecimals(rest)
          + " "
          + SI_PREFIXES.substring(prefix, prefix + 1).strip()
          + unit.label();
    }
    String many =
        switch (unit) {
          case SECOND_OF_VIDEO -> "seconds of video";
          case SECOND_OF_AUDIO -> "seconds of audio";
          default -> unit.label() + "s";
        };
    return units == Math.rint(units)
        ? Numbers.counted(units, unit.label(), many)
        : Numbers.upToThreeDecimals(units) + " " + many;
  }
}
