package io.gtrace.governance.advice;

import io.gtrace.activity.Modality;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.governance.facts.UnknownFactException;
import io.gtrace.ledger.query.Work;
import io.gtrace.ratecard.RateCard;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The work of a period, as it was and as it would have been elsewhere: at the places of a baseline,
 * and at the cleanest of the places in use. All three are priced at the annual factors of their
 * grids, by the same draws, so that only the place differs. Training and what runs on devices of
 * users stays where it is.
 *
 * @param actual where it ran
 * @param baseline each modality by its shares of energy in the baseline
 * @param best at the median of carbon
 */
public record PlaceComparison(Footprint actual, Footprint baseline, Footprint best) {

  /**
   * Compares.
   *
   * @param now the work of the period
   * @param then the work of the baseline
   * @param card the factors that priced both
   * @throws UnknownFactException if other factors did
   */
  public static PlaceComparison of(List<Work> now, List<Work> then, RateCard card) {
    return new Places(Replay.ofYears(now, card), Replay.ofYears(then, card)).compared();
  }

  private static final class Places {
    private final Replay now;
    private final Map<Modality, Map<String, Double>> sharesThen;
    private final List<String> inUse;

    Places(Replay now, Replay then) {
      this.now = now;
      sharesThen = shares(then);
      inUse =
          now.loads().stream()
              .filter(load -> staysFree(now, load))
              .map(Load::site)
              .distinct()
              .sorted()
              .toList();
    }

    private static boolean staysFree(Replay replay, Load load) {
      return !load.modality().goesByHardware() && replay.isMovable(load);
    }

    /** Where the energy of each modality was used. */
    private static Map<Modality, Map<String, Double>> shares(Replay then) {
      Map<Modality, Map<String, Double>> shares = new EnumMap<>(Modality.class);
      for (Load load : then.loads()) {
        if (staysFree(then, load)) {
          shares
              .computeIfAbsent(load.modality(), missing -> new HashMap<>())
              .merge(load.site(), median(then, load, Impact.ENERGY_KWH), Double::sum);
        }
      }
      shares
          .values()
          .forEach(bySite -> {
            double all = bySite.values().stream().mapToDouble(Double::doubleValue).sum();
            bySite.replaceAll((site, energy) -> energy / all);
          });
      return shares;
    }

    private static double median(Replay replay, Load load, Impact impact) {
      return replay.row(load).price(load.hours().total()).median(impact);
    }

    PlaceComparison compared() {
      List<Load> asThen = new ArrayList<>();
      List<Load> cleanest = new ArrayList<>();
      for (Load load : now.loads()) {
        asThen.addAll(asThen(load));
        cleanest.add(cleanest(load));
      }
      return new PlaceComparison(
          now.priced(now.loads()).footprint(),
          now.priced(asThen).footprint(),
          now.priced(cleanest).footprint());
    }

    private List<Load> asThen(Load load) {
      Map<String, Double> shares = sharesThen.getOrDefault(load.modality(), Map.of());
      if (shares.isEmpty() || !staysFree(now, load)) {
        return List.of(load);
      }
      return shares.entrySet().stream()
          .map(each -> load.at(each.getKey(), load.hours().times(each.getValue())))
          .toList();
    }

    private Load cleanest(Load load) {
      if (!staysFree(now, load)) {
        return load;
      }
      return inUse.stream()
          .map(site -> load.at(site, load.hours()))
          .min(Comparator.comparingDouble(each -> median(now, each, Impact.CARBON_KG)))
          .orElse(load);
    }
  }
}
