package io.gtrace.app;

import io.gtrace.ledger.trend.Observation;
import io.gtrace.ledger.trend.ReadingOptions;
import io.gtrace.ledger.trend.Signal;
import io.gtrace.ledger.trend.SignalKind;
import io.gtrace.ledger.trend.TrendFile;
import io.gtrace.ledger.trend.TrendReader;
import io.gtrace.simulation.study.InterestSeries;
import io.gtrace.simulation.study.InterestSeries.Period;
import io.gtrace.simulation.study.Study;
import io.gtrace.uncertainty.Scatter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Exports of trends as shapes that a study is fitted to. */
final class StudyInterest {
  private static final double SECONDS_PER_HOUR = 3_600;
  private static final double MOST_ERROR_PERCENT = 1_000;

  @Option(
      names = "--trend",
      paramLabel = "FILE",
      description = {
        "Exports of Google Trends, pageviews or counts of posts: the shape of the wave, day by day.",
        "Their scale is not used. Repeatable."
      })
  private List<Path> files = List.of();

  @Option(
      names = "--trend-of",
      paramLabel = "WHAT",
      defaultValue = "noticed",
      description = "What they go with: noticed, searches, adopters or outputs (default: noticed).")
  private String of = "noticed";

  @Option(
      names = "--trend-error",
      paramLabel = "PERCENT",
      defaultValue = "50",
      description =
          "How far a day of theirs errs, at the high end of its 90 %% interval (default: 50).")
  private double errorPercent;

  @Option(
      names = "--hold-out-from",
      paramLabel = "DAY",
      description = "Keep days of trends from then on back, to see whether the fit foretells them.")
  private Optional<String> holdOutFrom = Optional.empty();

  /** The series, and what could not be read. */
  record Read(List<InterestSeries> series, List<String> refused) {}

  /** The files that are read. */
  List<Path> files() {
    return files;
  }

  Read read(Study study, Instant now) {
    List<InterestSeries> series = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    InterestSeries.Interest interest = interest();
    if (interest == InterestSeries.Interest.SEARCHES && !study.hasSearch()) {
      throw new IllegalArgumentException(
          "--trend-of searches: study " + study.id() + " says nothing of search; use noticed");
    }
    Instant held = holdOutFrom.map(StudyInterest::day).orElse(Instant.MAX);
    double logSd = logSd();
    for (Path file : files) {
      TrendFile read =
          TrendReader.read(file, new ReadingOptions(ZoneOffset.UTC, Optional.empty(), false, now));
      refused.addAll(read.refused());
      if (read.signals().isEmpty()) {
        throw new IllegalArgumentException(file + ": holds no figures over time");
      }
      for (Signal signal : read.signals()) {
        series.add(
            new InterestSeries(
                signal.name(), interest, periods(signal.byDay(), study, logSd, held)));
      }
    }
    return new Read(List.copyOf(series), List.copyOf(refused));
  }

  private InterestSeries.Interest interest() {
    return Arrays.stream(InterestSeries.Interest.values())
        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(of))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "--trend-of must be noticed, searches, adopters or outputs, not '" + of + "'"));
  }

  private double logSd() {
    if (!(errorPercent > 0 && errorPercent <= MOST_ERROR_PERCENT)) {
      throw new IllegalArgumentException(
          "--trend-error must be above 0 and at most 1000, not " + errorPercent);
    }
    return Math.log1p(errorPercent / 100) / Scatter.Z95;
  }

  private static Instant day(String text) {
    try {
      return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException wrong) {
      throw new IllegalArgumentException(
          "--hold-out-from must be a day such as 2025-04-03, not '" + text + "'", wrong);
    }
  }

  /** Days of the study; the mean level before it is that without the wave, and comes off. */
  private static List<Period> periods(Signal signal, Study study, double logSd, Instant held) {
    Instant end = study.start().plus(Duration.ofHours(study.hours()));
    double before =
        signal.complete().stream()
            .filter(each -> !each.until().isAfter(study.start()))
            .mapToDouble(each -> level(signal, each))
            .average()
            .orElse(0);
    List<Period> periods = new ArrayList<>();
    for (Observation each : signal.complete()) {
      double level = level(signal, each) - before;
      boolean within = !each.from().isBefore(study.start()) && !each.until().isAfter(end);
      if (within && level > 0) {
        double sd = Math.min(5, Math.hypot(logSd, rounding(each) / level));
        periods.add(new Period(each.from(), each.until(), level, sd, !each.from().isBefore(held)));
      }
    }
    return periods;
  }

  private static double level(Signal signal, Observation observation) {
    double seconds = Duration.between(observation.from(), observation.until()).toSeconds();
    double value = observation.reading().value();
    return signal.kind() == SignalKind.INDEX ? value : value * SECONDS_PER_HOUR / seconds;
  }

  /** Standard deviation of what rounding leaves, in the unit of the level. */
  private static double rounding(Observation observation) {
    return (observation.reading().high() - observation.reading().low()) / Math.sqrt(12);
  }
}
