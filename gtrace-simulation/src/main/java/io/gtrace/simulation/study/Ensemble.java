package io.gtrace.simulation.study;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.simulation.people.Cohort;
import io.gtrace.simulation.study.MemberSeries.Measure;
import io.gtrace.simulation.study.StudyOutcome.Figures;
import io.gtrace.simulation.study.StudyOutcome.Group;
import io.gtrace.simulation.study.StudyOutcome.Hour;
import io.gtrace.simulation.study.StudyOutcome.Input;
import io.gtrace.simulation.wave.Count;
import io.gtrace.simulation.wave.Venues;
import io.gtrace.simulation.wave.WaveResult;
import io.gtrace.uncertainty.Draws;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.hipparchus.stat.correlation.SpearmansCorrelation;

/** The runs of a study put together, at the full size of the study. */
final class Ensemble {
  private static final String COUNTED_SHARE = "/use/counted-share";
  private static final double THIRD = 1.0 / 3;

  private final Study study;
  private final List<Member> members;
  private final double size;
  private final Draws inputDraws;
  private final Figures figures;

  /**
   * @param scale people simulated for one of the study
   * @param inputDraws that the uncertain inputs of the members came from
   */
  Ensemble(Study study, double scale, List<Member> members, Draws inputDraws) {
    this.study = study;
    this.members = List.copyOf(members);
    this.inputDraws = inputDraws;
    size = 1 / scale;
    Footprint all = together(Member::total);
    figures =
        new Figures(
            counted(Count.NOTICED),
            counted(Count.ADOPTED),
            counted(Count.NEW_USERS),
            each(member -> member.result().outputs()),
            counted(Count.REFUSED),
            countedOutputs(),
            all,
            countedFootprint(all));
  }

  private boolean single() {
    return members.size() == 1;
  }

  private Quantity counted(Count count) {
    return each(member -> (double) member.result().count(count));
  }

  /** A figure of each member, at full size. */
  private Quantity each(ToDoubleFunction<Member> figure) {
    double[] values = members.stream().mapToDouble(figure).map(value -> value * size).toArray();
    return single() ? Quantities.exactly(values[0]) : Quantities.of(values);
  }

  private Quantity countedOutputs() {
    if (!single()) {
      return each(member -> member.result().outputs() * member.countedShare());
    }
    Member only = members.get(0);
    double outputs = only.result().outputs() * size;
    double[] draws = countedShares(Draws.STANDARD_COUNT);
    for (int k = 0; k < draws.length; k++) {
      draws[k] *= outputs;
    }
    return Quantities.of(outputs * only.countedShare(), draws);
  }

  /** The share that counts, drawn; the same number over if the study is sure of it. */
  private double[] countedShares(int count) {
    StudyNumbers numbers = new StudyNumbers(study.tree(), StudyNumbers.State.MEDIANS);
    return numbers.uncertain().stream()
        .filter(input -> input.pointer().equals(COUNTED_SHARE))
        .findFirst()
        .map(input -> new Draws(count, StudyRun.INPUT_SEED).of(COUNTED_SHARE, input.scatter()))
        .orElseGet(() -> {
          double[] same = new double[count];
          Arrays.fill(same, numbers.of(COUNTED_SHARE, 1));
          return same;
        });
  }

  /** A part of all members: with the draws of the factors, or with one of them for each member. */
  private Footprint together(Function<Member, Footprint> part) {
    if (single()) {
      return part.apply(members.get(0)).times(size);
    }
    return Drawn.of(members.stream().map(part).toList(), member -> size);
  }

  private Footprint countedFootprint(Footprint all) {
    if (single()) {
      int count = all.draws(Impact.ENERGY_KWH).length;
      return all.times(members.get(0).countedShare(), countedShares(count));
    }
    return Drawn.of(
        members.stream().map(Member::total).toList(),
        member -> size * members.get(member).countedShare());
  }

  Figures figures() {
    return figures;
  }

  long people() {
    return members.get(0).result().population().people();
  }

  int hours() {
    return members.stream().mapToInt(member -> member.result().hours()).min().orElse(0);
  }

  /** Countries, the largest energy first. */
  List<Group> countries() {
    Map<String, Cohort> all = new LinkedHashMap<>();
    members.forEach(member ->
        member.result().population().cohorts().forEach(of -> all.putIfAbsent(of.zone(), of)));
    List<Group> groups = new ArrayList<>();
    for (Cohort cohort : all.values()) {
      groups.add(
          new Group(
              cohort.zone(),
              cohort.name(),
              each(member -> ofCohort(member, cohort.zone(), this::adopters)).median(),
              each(member -> ofCohort(member, cohort.zone(), this::outputs)).median(),
              together(member ->
                  indexOf(member.result(), cohort.zone()) < 0
                      ? member.total().times(0)
                      : member.ofCohort(indexOf(member.result(), cohort.zone())))));
    }
    groups.sort(
        Comparator.comparingDouble((Group group) -> -group.footprint().median(Impact.ENERGY_KWH)));
    return List.copyOf(groups);
  }

  /** Reads a figure of one cohort. */
  @FunctionalInterface
  private interface CohortFigure {
    double of(WaveResult result, int cohort);
  }

  private static double ofCohort(Member member, String zone, CohortFigure figure) {
    int cohort = indexOf(member.result(), zone);
    return cohort < 0 ? 0 : figure.of(member.result(), cohort);
  }

  private static int indexOf(WaveResult result, String zone) {
    List<Cohort> cohorts = result.population().cohorts();
    for (int c = 0; c < cohorts.size(); c++) {
      if (cohorts.get(c).zone().equals(zone)) {
        return c;
      }
    }
    return -1;
  }

  private double adopters(WaveResult result, int cohort) {
    double sum = 0;
    for (int hour = 0; hour < result.hours(); hour++) {
      sum += result.count(hour, cohort, Count.ADOPTED);
    }
    return sum;
  }

  private double outputs(WaveResult result, int cohort) {
    double sum = 0;
    int venues = result.venues().map(of -> of.all().size()).orElse(0);
    for (int hour = 0; hour < result.hours(); hour++) {
      for (int venue = 0; venue < venues; venue++) {
        sum += result.outputsOf(hour, cohort, venue);
      }
    }
    return sum;
  }

  /** Regions of services and devices, in the order of the study. */
  List<Group> venues() {
    List<Venues.Venue> venues = members.get(0).result().venues().map(Venues::all).orElse(List.of());
    List<Group> groups = new ArrayList<>();
    for (int v = 0; v < venues.size(); v++) {
      int venue = v;
      groups.add(
          new Group(
              idOf(venues.get(v)),
              nameOf(venues.get(v)),
              0,
              each(member -> outputsOfVenue(member.result(), venue)).median(),
              together(member -> member.ofVenue(venue))));
    }
    return List.copyOf(groups);
  }

  private static String idOf(Venues.Venue venue) {
    return venue instanceof Venues.InRegion in
        ? in.service().id() + "/" + in.region().site()
        : ((Venues.OnDevice) venue).device().id();
  }

  private static String nameOf(Venues.Venue venue) {
    return venue instanceof Venues.InRegion in
        ? in.service().id() + " in " + in.region().site()
        : "own " + ((Venues.OnDevice) venue).device().id();
  }

  private static double outputsOfVenue(WaveResult result, int venue) {
    double sum = 0;
    for (int hour = 0; hour < result.hours(); hour++) {
      for (int cohort = 0; cohort < result.population().cohorts().size(); cohort++) {
        sum += result.outputsOf(hour, cohort, venue);
      }
    }
    return sum;
  }

  /** Hour by hour. */
  List<Hour> series() {
    List<MemberSeries> each =
        members.stream().map(member -> new MemberSeries(member, hours())).toList();
    List<Hour> series = new ArrayList<>();
    for (int h = 0; h < hours(); h++) {
      series.add(
          new Hour(
              study.start().plus(h, ChronoUnit.HOURS),
              at(each, Measure.NOTICED, h),
              at(each, Measure.ADOPTED, h),
              at(each, Measure.NEW_USERS, h),
              at(each, Measure.ACTIVE, h),
              at(each, Measure.OUTPUTS, h),
              at(each, Measure.REFUSED, h),
              at(each, Measure.ENERGY_KWH, h),
              at(each, Measure.CARBON_KG, h),
              at(each, Measure.WATER_L, h)));
    }
    return List.copyOf(series);
  }

  private Quantity at(List<MemberSeries> each, Measure measure, int hour) {
    double[] values =
        each.stream().mapToDouble(series -> series.at(measure, hour) * size).toArray();
    return values.length == 1 ? Quantities.exactly(values[0]) : Quantities.of(values);
  }

  /** What the uncertain inputs have to do with the carbon; empty for a single run. */
  List<Input> inputs() {
    if (single()) {
      return List.of();
    }
    double[] carbonKg = figures.counted().draws(Impact.CARBON_KG);
    List<Input> inputs = new ArrayList<>();
    StudyNumbers numbers = new StudyNumbers(study.tree(), StudyNumbers.State.MEDIANS);
    for (StudyNumbers.Uncertain input : numbers.uncertain()) {
      double[] drawn =
          Arrays.copyOf(inputDraws.of(input.pointer(), input.scatter()), members.size());
      inputs.add(
          new Input(
              input.pointer(),
              input.scatter().low(),
              input.scatter().median(),
              input.scatter().high(),
              input.source(),
              new SpearmansCorrelation().correlation(drawn, carbonKg),
              medianOfThird(drawn, carbonKg, false),
              medianOfThird(drawn, carbonKg, true)));
    }
    inputs.sort(Comparator.comparingDouble((Input input) -> -Math.abs(input.rankCorrelation())));
    return List.copyOf(inputs);
  }

  private static double medianOfThird(double[] input, double[] carbonKg, boolean highest) {
    Integer[] order = new Integer[input.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> input[i]));
    int third = (int) Math.max(1, Math.round(input.length * THIRD));
    int from = highest ? input.length - third : 0;
    double[] chosen =
        Arrays.stream(order, from, from + third).mapToDouble(i -> carbonKg[i]).toArray();
    return Quantities.of(chosen).median();
  }
}
