package io.gtrace.simulation.study;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Place;
import io.gtrace.factor.Position;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.simulation.study.MemberSeries.Measure;
import io.gtrace.simulation.study.StudyOutcome.CountrySteps;
import io.gtrace.simulation.study.StudyOutcome.Figures;
import io.gtrace.simulation.study.StudyOutcome.Group;
import io.gtrace.simulation.study.StudyOutcome.Hour;
import io.gtrace.simulation.study.StudyOutcome.Input;
import io.gtrace.simulation.study.StudyOutcome.Spread;
import io.gtrace.simulation.study.StudyOutcome.Step;
import io.gtrace.simulation.wave.Count;
import io.gtrace.uncertainty.Draws;
import io.gtrace.uncertainty.Scatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.hipparchus.stat.correlation.SpearmansCorrelation;

/** The runs of a study put together, at the full size of the study. */
final class Ensemble {
  private static final String COUNTED_SHARE = "/use/counted-share";
  private static final double THIRD = 1.0 / 3;

  private final Study study;
  private final List<Member> members;
  private final double size;
  private final Draws inputDraws;
  private final FactorCatalogue catalogue;
  private final int stepHours;
  private final List<MemberSpread> spreads;
  private final List<MemberSeries> series;
  private final Figures figures;

  /**
   * @param scale people simulated for one of the study
   * @param inputDraws that the uncertain inputs of the members came from
   * @param catalogue that knows where places are
   */
  Ensemble(
      Study study,
      double scale,
      List<Member> members,
      Draws inputDraws,
      FactorCatalogue catalogue) {
    this.study = study;
    this.catalogue = catalogue;
    this.members = List.copyOf(members);
    this.inputDraws = inputDraws;
    size = 1 / scale;
    stepHours = MemberSpread.stepHours(hours());
    spreads = this.members.stream().map(Member::spread).toList();
    series = this.members.stream().map(Member::series).toList();
    Footprint all = together(Member::total);
    figures =
        new Figures(
            counted(Count.NOTICED),
            counted(Count.SEARCHED),
            counted(Count.ADOPTED),
            counted(Count.NEW_USERS),
            each(Member::allOutputs),
            counted(Count.REFUSED),
            countedOutputs(),
            all,
            countedFootprint(all),
            ofOneOutput());
  }

  /** How many runs are put together. */
  int runs() {
    return members.size();
  }

  private boolean single() {
    return members.size() == 1;
  }

  private Quantity counted(Count count) {
    return each(member -> member.count(count));
  }

  /** A figure of each member, at full size. */
  private Quantity each(ToDoubleFunction<Member> figure) {
    double[] values = members.stream().mapToDouble(figure).map(value -> value * size).toArray();
    return single() ? Quantities.exactly(values[0]) : Quantities.of(values);
  }

  private Quantity countedOutputs() {
    if (!single()) {
      return each(member -> member.allOutputs() * member.countedShare());
    }
    Member only = members.get(0);
    double outputs = only.allOutputs() * size;
    double[] draws = countedShares(Draws.STANDARD_COUNT);
    for (int k = 0; k < draws.length; k++) {
      draws[k] *= outputs;
    }
    return Quantities.of(outputs * only.countedShare(), draws);
  }

  /** Outputs that belong to what is studied, beside the draws of their footprint. */
  JointFigure countedOutputsByDraw() {
    double[] each =
        members.stream().mapToDouble(of -> of.allOutputs() * of.countedShare() * size).toArray();
    int draws = figures.counted().draws(Impact.ENERGY_KWH).length;
    return JointFigure.ofRuns(middle(each), each, draws);
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

  private Footprint ofOneOutput() {
    if (single()) {
      return members.get(0).total().times(perOutput(members.get(0)));
    }
    return Drawn.of(
        members.stream().map(Member::total).toList(), member -> perOutput(members.get(member)));
  }

  private static double perOutput(Member member) {
    return 1.0 / Math.max(1, member.allOutputs());
  }

  Figures figures() {
    return figures;
  }

  /** Fleets in hours in which they made nothing. */
  Footprint idle() {
    return together(Member::idle);
  }

  long people() {
    return members.get(0).people();
  }

  int hours() {
    return members.stream().mapToInt(Member::hours).min().orElse(0);
  }

  /** Countries, the largest energy first. */
  List<Group> countries() {
    Map<String, Member.Country> all = new LinkedHashMap<>();
    members.forEach(member -> member.countries().forEach(of -> all.putIfAbsent(of.zone(), of)));
    List<Group> groups = new ArrayList<>();
    for (Member.Country cohort : all.values()) {
      String zone = cohort.zone();
      Footprint footprint =
          together(member ->
              member.cohort(zone) < 0
                  ? member.total().times(0)
                  : member.ofCohort(member.cohort(zone)));
      double[] outputs = outputsOf(zone);
      groups.add(
          new Group(
              zone,
              cohort.name(),
              middle(eachSpread(spread -> spread.adopters(zone))),
              middle(outputs),
              footprint,
              perOutput(footprint, outputs),
              position(zone)));
    }
    groups.sort(
        Comparator.comparingDouble((Group group) -> -group.footprint().median(Impact.ENERGY_KWH)));
    return List.copyOf(groups);
  }

  /** Outputs made for a country in each member, at full size. */
  double[] outputsOf(String zone) {
    return eachSpread(spread -> spread.outputs(zone));
  }

  /** Share of the outputs that were made on devices of people's own, 0 to 1. */
  Quantity localShare() {
    double[] shares = members.stream().mapToDouble(Member::localShare).toArray();
    return single() ? Quantities.exactly(shares[0]) : Quantities.of(shares);
  }

  /** A figure of each member, at full size. */
  private double[] eachSpread(ToDoubleFunction<MemberSpread> figure) {
    return spreads.stream().mapToDouble(figure).map(value -> value * size).toArray();
  }

  private static double middle(double[] values) {
    return values.length == 1 ? values[0] : Quantities.of(values).median();
  }

  /**
   * Energy of one output: in every draw of the factors, or in every member that made any.
   *
   * @param outputs of each member
   */
  private Quantity perOutput(Footprint footprint, double[] outputs) {
    if (single()) {
      return outputs[0] == 0 ? Quantity.ZERO : footprint.times(1 / outputs[0]).energyKwh();
    }
    double[] kwh = footprint.draws(Impact.ENERGY_KWH);
    double[] each =
        IntStream.range(0, kwh.length)
            .filter(member -> outputs[member] > 0)
            .mapToDouble(member -> kwh[member] / outputs[member])
            .toArray();
    return each.length == 0 ? Quantity.ZERO : Quantities.of(each);
  }

  private Optional<Position> position(String place) {
    return catalogue
        .findPlace(place)
        .flatMap(found ->
            found instanceof Place.InCloud cloud
                ? Optional.of(cloud.region().position())
                : found instanceof Place.OnGrid grid ? grid.zone().position() : Optional.empty());
  }

  /**
   * How the wave went round the world.
   *
   * @param countries as {@link #countries} tells them
   */
  Spread spread(List<Group> countries) {
    int count = MemberSpread.parts(hours(), stepHours);
    List<Step> steps = new ArrayList<>();
    for (int step = 0; step < count; step++) {
      int end = Math.min(hours(), (step + 1) * stepHours);
      steps.add(
          new Step(
              study.start().plus((long) step * stepHours, ChronoUnit.HOURS),
              study.start().plus(end, ChronoUnit.HOURS),
              before(Measure.NOTICED, end),
              before(Measure.ADOPTED, end),
              before(Measure.OUTPUTS, end),
              before(Measure.ENERGY_KWH, end),
              before(Measure.CARBON_KG, end)));
    }
    List<CountrySteps> byCountry =
        countries.stream().map(country -> steps(country.id(), count)).toList();
    return new Spread(stepHours, steps, byCountry);
  }

  private Quantity before(Measure measure, int end) {
    return quantity(of -> of.before(measure, end));
  }

  private CountrySteps steps(String zone, int count) {
    List<Double> adopters = new ArrayList<>();
    List<Double> outputs = new ArrayList<>();
    for (int s = 0; s < count; s++) {
      int step = s;
      adopters.add(middle(eachSpread(spread -> spread.adoptersSoFar(zone, step))));
      outputs.add(middle(eachSpread(spread -> spread.outputs(zone, step))));
    }
    return new CountrySteps(
        zone, middle(eachSpread(spread -> spread.people(zone))), adopters, outputs);
  }

  /** Regions of services and devices, in the order of the study. */
  List<Group> venues() {
    List<Member.Place> venues = members.get(0).venues();
    List<Group> groups = new ArrayList<>();
    for (int v = 0; v < venues.size(); v++) {
      int venue = v;
      Footprint footprint = together(member -> member.ofVenue(venue));
      double[] outputs =
          members.stream().mapToDouble(member -> member.outputs().get(venue) * size).toArray();
      groups.add(
          new Group(
              venues.get(v).id(),
              venues.get(v).name(),
              0,
              middle(outputs),
              footprint,
              perOutput(footprint, outputs),
              venues.get(v).site().isEmpty() ? Optional.empty() : position(venues.get(v).site())));
    }
    return List.copyOf(groups);
  }

  /** Hour by hour. */
  List<Hour> series() {
    List<Hour> all = new ArrayList<>();
    for (int h = 0; h < hours(); h++) {
      all.add(
          new Hour(
              study.start().plus(h, ChronoUnit.HOURS),
              at(Measure.NOTICED, h),
              at(Measure.SEARCHED, h),
              at(Measure.ADOPTED, h),
              at(Measure.NEW_USERS, h),
              at(Measure.ACTIVE, h),
              at(Measure.OUTPUTS, h),
              at(Measure.REFUSED, h),
              at(Measure.ENERGY_KWH, h),
              at(Measure.CARBON_KG, h),
              at(Measure.WATER_L, h)));
    }
    return List.copyOf(all);
  }

  private Quantity at(Measure measure, int hour) {
    return quantity(of -> of.at(measure, hour));
  }

  private Quantity quantity(ToDoubleFunction<MemberSeries> figure) {
    double[] values = series.stream().mapToDouble(figure).map(value -> value * size).toArray();
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
      Scatter of = input.scatter();
      Quantity interval = new Quantity(of.median(), of.low(), of.high());
      inputs.add(input(input.pointer(), interval, input.source(), drawn, carbonKg));
    }
    if (figures.ofOneOutput().median(Impact.ENERGY_KWH) > 0) {
      inputs.addAll(fromFactors(carbonKg));
    }
    inputs.sort(Comparator.comparingDouble((Input input) -> -Math.abs(input.rankCorrelation())));
    return List.copyOf(inputs);
  }

  private List<Input> fromFactors(double[] carbonKg) {
    double[] kwh = figures.ofOneOutput().draws(Impact.ENERGY_KWH);
    double[] kgPerKwh = figures.ofOneOutput().draws(Impact.CARBON_KG);
    for (int member = 0; member < kwh.length; member++) {
      kgPerKwh[member] /= kwh[member];
    }
    String source = "factor set " + figures.ofOneOutput().factorSet();
    return List.of(
        input(Input.ENERGY_OF_AN_OUTPUT, Quantities.of(kwh), source, kwh, carbonKg),
        input(Input.CARBON_OF_A_KWH, Quantities.of(kgPerKwh), source, kgPerKwh, carbonKg));
  }

  private static Input input(
      String pointer, Quantity interval, String source, double[] drawn, double[] carbonKg) {
    return new Input(
        pointer,
        interval.low(),
        interval.median(),
        interval.high(),
        source,
        new SpearmansCorrelation().correlation(drawn, carbonKg),
        medianOfThird(drawn, carbonKg, false),
        medianOfThird(drawn, carbonKg, true));
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
