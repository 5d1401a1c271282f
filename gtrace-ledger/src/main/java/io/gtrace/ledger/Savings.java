package io.gtrace.ledger;

import io.gtrace.activity.Driver;
import io.gtrace.activity.Volumes;
import io.gtrace.factor.CloudRegion;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.PricedVolumes;
import io.gtrace.ratecard.RateCard;
import io.gtrace.site.Site;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.statistics.descriptive.Quantile;

/** Prices what would have lowered the carbon of an account. */
final class Savings {
  private static final double SHORTER_ANSWERS = 0.75;
  private static final double CACHED_SHARE = 0.5;
  private static final double[] BOUNDS = {0.05, 0.95};

  private final RateCard card;
  private final Map<CardRow, Volumes> work;
  private final Footprint now;

  /**
   * @param work the volumes of the account at each row
   */
  Savings(RateCard card, Map<CardRow, Volumes> work) {
    this.card = card;
    this.work = work;
    now = repriced(row -> row, volumes -> volumes);
  }

  /** The alternatives that save something, largest first. */
  List<Saving> all() {
    return Stream.of(cleanerRegion(), shorterAnswers(), promptCaching())
        .flatMap(Optional::stream)
        .sorted(Comparator.comparingDouble((Saving s) -> -s.savedCarbonKg().median()))
        .toList();
  }

  private Optional<Saving> cleanerRegion() {
    Map<CardRow, CardRow> moves = new HashMap<>();
    Map<String, String> moved = new HashMap<>();
    Map<String, Optional<CloudRegion>> cleanest = new HashMap<>();
    for (CardRow row : work.keySet()) {
      cleanest
          .computeIfAbsent(row.site(), this::cleanestFrom)
          .ifPresent(region -> {
            moves.put(
                row,
                card.rowOfYear(row.model(), row.modality(), Site.parse(region.id()), row.year()));
            moved.put(row.site(), region.id());
          });
    }
    String routes =
        moved.entrySet().stream()
            .map(move -> move.getKey() + " to " + move.getValue())
            .sorted()
            .limit(3)
            .collect(Collectors.joining(", "));
    return saving(
        "Move the work to the cleanest region of its cloud: " + routes,
        row -> moves.getOrDefault(row, row),
        volumes -> volumes,
        "The same work would run at the average carbon of the other grid. Latency, data residency"
            + " and prices are left out.");
  }

  /** The cleanest region of the cloud of a site; empty where that is the site itself. */
  private Optional<CloudRegion> cleanestFrom(String site) {
    FactorCatalogue catalogue = card.catalogue();
    return catalogue.regions().stream()
        .filter(region -> site.startsWith(region.provider() + "/"))
        .min(Comparator.comparingDouble(region -> kgPerItKwh(catalogue, region)))
        .filter(region -> !region.id().equals(site));
  }

  private static double kgPerItKwh(FactorCatalogue catalogue, CloudRegion region) {
    return region.pue()
        * catalogue
            .grid(catalogue.zone(region.zone(), Fallback.REFUSE))
            .locationBased(OptionalInt.empty())
            .median();
  }

  private Optional<Saving> shorterAnswers() {
    return saving(
        "Let answers be a quarter shorter: ask for brevity, cap the output tokens",
        row -> row,
        volumes -> {
          double written = volumes.get(Driver.OUTPUT_TOKENS);
          return with(
              volumes,
              Map.of(
                  Driver.OUTPUT_TOKENS,
                  written * SHORTER_ANSWERS,
                  Driver.CONTEXT_TOKEN_READS,
                  volumes.get(Driver.CONTEXT_TOKEN_READS) * SHORTER_ANSWERS));
        },
        "Output and reasoning tokens are multiplied by 0.75; everything else stays the same.");
  }

  private Optional<Saving> promptCaching() {
    return saving(
        "Cache prompts: serve half of the input tokens from a prompt cache",
        row -> row,
        volumes -> {
          double read = volumes.get(Driver.INPUT_TOKENS);
          return with(
              volumes,
              Map.of(
                  Driver.INPUT_TOKENS,
                  read * (1 - CACHED_SHARE),
                  Driver.CACHED_INPUT_TOKENS,
                  volumes.get(Driver.CACHED_INPUT_TOKENS) + read * CACHED_SHARE,
                  // Tokens of the cached part need not attend to each other again.
                  Driver.INPUT_TOKEN_PAIRS,
                  volumes.get(Driver.INPUT_TOKEN_PAIRS) * (1 - CACHED_SHARE * CACHED_SHARE)));
        },
        "Half of the fresh input tokens become cached ones. That needs prompts that share their"
            + " start.");
  }

  private static Volumes with(Volumes volumes, Map<Driver, Double> changed) {
    Volumes.Builder builder = new Volumes.Builder();
    volumes
        .asMap()
        .forEach((driver, volume) -> builder.add(driver, changed.getOrDefault(driver, volume)));
    changed.forEach((driver, volume) -> {
      if (volumes.get(driver) == 0) {
        builder.add(driver, volume);
      }
    });
    return builder.build();
  }

  private Optional<Saving> saving(
      String action, UnaryOperator<CardRow> rows, UnaryOperator<Volumes> volumes, String basis) {
    Footprint other = repriced(rows, volumes);
    double saved = now.median(Impact.CARBON_KG) - other.median(Impact.CARBON_KG);
    if (!(saved > 0)) {
      return Optional.empty();
    }
    double[] difference = now.draws(Impact.CARBON_KG);
    double[] otherDraws = other.draws(Impact.CARBON_KG);
    for (int k = 0; k < difference.length; k++) {
      difference[k] -= otherDraws[k];
    }
    double[] bounds = Quantile.withDefaults().evaluate(difference, BOUNDS);
    return Optional.of(new Saving(action, new Quantity(saved, bounds[0], bounds[1]), basis));
  }

  /** What the same work would cost with other rows and volumes. */
  private Footprint repriced(UnaryOperator<CardRow> rows, UnaryOperator<Volumes> volumes) {
    PricedVolumes priced = card.newSum();
    work.forEach((row, done) -> priced.add(rows.apply(row), volumes.apply(done)));
    return priced.footprint();
  }
}
