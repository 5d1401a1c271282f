package io.gtrace.server.organisation;

import io.gtrace.activity.Modality;
import io.gtrace.activity.Volumes;
import io.gtrace.factor.Accelerator;
import io.gtrace.factor.Factor;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Model;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.RateCard;
import io.gtrace.site.Site;
import io.gtrace.uncertainty.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whether a card prices usage with own values as it does without them. What factors take need not
 * be something to price by, and usage that was acknowledged must not be refused for it later.
 *
 * @param beneath the card without the values
 * @param laid the one with them
 */
record PricingTrial(RateCard beneath, RateCard laid) {
  private static final double MOST_LOG_SD = 10;
  private static final String LOG_SD = "log sd";
  private static final String UNKNOWN_MODEL = "a-model-that-nobody-knows";
  private static final List<String> PLACES =
      List.of("", "FR", "aws/eu-west-3", "a place that nobody knows");

  /** Factors change from year to year, and values stay. */
  private static final int YEARS_AHEAD = 10;

  private static final List<Impact> ALWAYS_KNOWN =
      List.of(
          Impact.ENERGY_KWH,
          Impact.OPERATIONAL_LOCATION_BASED_KG,
          Impact.EMBODIED_KG,
          Impact.WATER_ON_SITE_L,
          Impact.WATER_ELECTRICITY_L);

  /**
   * Work to be priced.
   *
   * @param subject the model, or the accelerator where the work goes by hardware
   * @param year of the grid; empty for the newest
   */
  private record Work(String subject, Modality modality, Site site, OptionalInt year) {
    @Override
    public String toString() {
      String place = site.label().isEmpty() ? "" : " at " + site.label();
      return modality.label() + " of " + subject + place;
    }
  }

  /**
   * Prices some work of each modality at a few places, and what the values are of.
   *
   * @throws IllegalArgumentException if the values make that impossible, or not finite, or negative
   */
  void require(List<OwnValue> values) {
    for (OwnValue value : values) {
      if (value.kind() == OwnValue.Kind.CONSTANT) {
        requireInRange(value.id());
      }
    }
    for (Work work : work(values)) {
      Optional<String> fault = fault(laid, work);
      if (fault.isPresent() && fault(beneath, work).isEmpty()) {
        throw new IllegalArgumentException(
            "by own values " + work + " cannot be priced: " + fault.get());
      }
    }
  }

  private void requireInRange(String id) {
    Factor constant = laid.catalogue().assumption(id);
    Shape shape = beneath.catalogue().assumption(id).scatter().shape();
    for (double value :
        new double[] {constant.scatter().low(), constant.median(), constant.scatter().high()}) {
      if (constant.unit().equals(LOG_SD) && !(value >= 0 && value <= MOST_LOG_SD)) {
        throw new IllegalArgumentException(
            id + " is a spread of logarithms: it must be 0 to 10, not " + value);
      }
      if (!isInRange(value, shape)) {
        throw new IllegalArgumentException(
            value + " lies outside the range of " + id + ", which is " + shape.label());
      }
    }
  }

  private static boolean isInRange(double value, Shape shape) {
    return switch (shape) {
      case LOGNORMAL, HEAVY_LOGNORMAL -> value > 0;
      case ABOVE_ONE -> value >= 1;
      case SHARE -> value >= 0 && value <= 1;
      case NON_NEGATIVE -> value >= 0;
      case NORMAL -> true;
    };
  }

  private List<Work> work(List<OwnValue> values) {
    List<Work> work = new ArrayList<>();
    FactorCatalogue catalogue = beneath.catalogue();
    IntStream years = values.stream().map(PricingTrial::year).flatMapToInt(OptionalInt::stream);
    OptionalInt later = years.map(year -> year + YEARS_AHEAD).max();
    for (Modality modality : Modality.values()) {
      for (String subject : subjects(catalogue, modality)) {
        for (String place : PLACES) {
          work.add(new Work(subject, modality, Site.parse(place), OptionalInt.empty()));
        }
        work.add(new Work(subject, modality, Site.parse("FR"), later));
      }
    }
    values.forEach(value -> addOf(value, work));
    addAtTheEdge(values, work);
    return work;
  }

  /** Such as differ in what they are priced by. */
  private static List<String> subjects(FactorCatalogue catalogue, Modality modality) {
    if (modality.goesByHardware()) {
      return catalogue.accelerators().stream()
          .filter(each -> Accelerator.Kind.IN_DATA_CENTRES.contains(each.kind()))
          .limit(1)
          .map(Accelerator::id)
          .toList();
    }
    List<Model> bySize = bySize(catalogue, modality);
    return Stream.of(
            bySize.stream().limit(1),
            bySize.reversed().stream().limit(1),
            bySize.stream().filter(PricingTrial::isSparse).limit(1))
        .flatMap(each -> each.map(Model::id))
        .collect(() -> new ArrayList<>(List.of(UNKNOWN_MODEL)), ArrayList::add, ArrayList::addAll);
  }

  private static List<Model> bySize(FactorCatalogue catalogue, Modality modality) {
    return catalogue.models().stream()
        .filter(each -> each.modality() == modality)
        .sorted(Comparator.comparingDouble(each -> each.totalParametersB().high()))
        .toList();
  }

  private static boolean isSparse(Model model) {
    return model.activeParametersB().high() < model.totalParametersB().low();
  }

  private void addOf(OwnValue value, List<Work> work) {
    switch (value.kind()) {
      case MODEL ->
          beneath
              .catalogue()
              .findModel(value.id())
              .ifPresent(model ->
                  work.add(
                      new Work(model.id(), model.modality(), Site.parse(""), OptionalInt.empty())));
      case REGION, ZONE ->
          Stream.of(OptionalInt.empty(), year(value))
              .map(year -> new Work(UNKNOWN_MODEL, Modality.TEXT, Site.parse(value.id()), year))
              .forEach(work::add);
      case CONSTANT -> {
        // What goes by constants is priced anyway.
      }
    }
  }

  private static OptionalInt year(OwnValue value) {
    String year = value.fields().get(OwnValue.YEAR);
    return year == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(year));
  }

  /** One device that is a whole computer, and one that is in a computer. */
  private void addAtTheEdge(List<OwnValue> values, List<Work> work) {
    FactorCatalogue catalogue = beneath.catalogue();
    Optional<String> small =
        bySize(catalogue, Modality.TEXT).stream()
            .map(Model::id)
            .filter(id -> values.stream().noneMatch(value -> value.id().equals(id)))
            .findFirst();
    for (Accelerator.Kind kind : List.of(Accelerator.Kind.LAPTOP, Accelerator.Kind.HOME_GPU)) {
      catalogue.accelerators().stream()
          .filter(each -> each.kind() == kind)
          .limit(1)
          .map(device -> Site.parse(device.id() + "@FR"))
          .flatMap(site ->
              small.stream().map(id -> new Work(id, Modality.TEXT, site, OptionalInt.empty())))
          .forEach(work::add);
    }
  }

  /** Why work is not priced as it should be; empty if it is. */
  private static Optional<String> fault(RateCard card, Work work) {
    try {
      CardRow row = card.rowOfYear(work.subject(), work.modality(), work.site(), work.year());
      return row.drivers().stream()
          .map(driver -> row.price(new Volumes.Builder().add(driver, 1).build()).quantities())
          .flatMap(PricingTrial::faults)
          .findFirst();
    } catch (RuntimeException notPriced) {
      return Optional.of(String.valueOf(notPriced.getMessage()));
    }
  }

  private static Stream<String> faults(Map<Impact, Quantity> priced) {
    Stream<String> missing =
        ALWAYS_KNOWN.stream()
            .filter(impact -> !priced.containsKey(impact))
            .map(impact -> name(impact) + " would be no number");
    Stream<String> wrong =
        priced.entrySet().stream()
            .filter(each -> !isAmount(each.getValue()))
            .map(each ->
                name(each.getKey())
                    + " would be "
                    + each.getValue().median()
                    + " ("
                    + each.getValue().low()
                    + " to "
                    + each.getValue().high()
                    + ")");
    return Stream.concat(missing, wrong);
  }

  private static boolean isAmount(Quantity priced) {
    return Stream.of(priced.low(), priced.median(), priced.high())
        .allMatch(value -> value >= 0 && value < Double.POSITIVE_INFINITY);
  }

  private static String name(Impact impact) {
    return impact.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
