package io.gtrace.governance.pyramid;

import io.gtrace.activity.Modality;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.governance.facts.DrawnAmount;
import io.gtrace.governance.facts.Facts;
import io.gtrace.governance.facts.ReportingPeriod;
import io.gtrace.governance.facts.UnknownFactException;
import io.gtrace.ledger.query.Work;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.PricedVolumes;
import io.gtrace.ratecard.RateCard;
import io.gtrace.site.Site;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The work of a period, as it was and as it would have been elsewhere: at the places of the
 * baseline, and at the cleanest of the places in use. All three are priced at the annual factors of
 * their grids, by the same draws, so that only the place differs. Training and what runs on devices
 * of users stays where it is.
 */
record Replay(
    DrawnAmount actual,
    DrawnAmount baseline,
    DrawnAmount best,
    DrawnAmount actualWater,
    DrawnAmount baselineWater) {

  static Replay of(Facts facts) {
    return facts.once(Replay.class, of -> new Pricing(of).replay());
  }

  private static final class Pricing {
    private final RateCard card;
    private final List<Work> work;
    private final Map<Modality, Map<String, Double>> sharesThen;
    private final List<String> sites;

    Pricing(Facts facts) {
      card = facts.card();
      ReportingPeriod then = Controlled.baseline(facts);
      work = facts.ledger().work(facts.period());
      requireFactors();
      facts.ledger().total();
      facts.ledger().total(then);
      sharesThen = shares(facts.ledger().work(then));
      sites = work.stream().filter(this::isMovable).map(Work::site).distinct().sorted().toList();
    }

    private boolean isMovable(Work each) {
      return !each.modality().goesByHardware()
          && io.gtrace.governance.advice.Replay.isMovable(row(each, each.site()));
    }

    private void requireFactors() {
      String atHand = card.catalogue().factorSet();
      if (work.stream().anyMatch(each -> !each.factorSet().equals(atHand))) {
        throw new UnknownFactException(
            "the ledger is priced by other factors than those at hand; gtrace ledger reprice"
                + " prices it anew");
      }
    }

    /** Where the energy of each modality was used. */
    private Map<Modality, Map<String, Double>> shares(List<Work> then) {
      Map<Modality, Map<String, Double>> shares = new EnumMap<>(Modality.class);
      for (Work each : then.stream().filter(this::isMovable).toList()) {
        double energy = energyKwh(each);
        shares
            .computeIfAbsent(each.modality(), missing -> new HashMap<>())
            .merge(each.site(), energy, Double::sum);
      }
      shares
          .values()
          .forEach(bySite -> {
            double all = bySite.values().stream().mapToDouble(Double::doubleValue).sum();
            bySite.replaceAll((site, energy) -> energy / all);
          });
      return shares;
    }

    private double energyKwh(Work each) {
      return row(each, each.site()).price(each.volumes()).median(Impact.ENERGY_KWH);
    }

    private CardRow row(Work each, String site) {
      return card.rowOfYear(each.subject(), each.modality(), Site.parse(site), each.year());
    }

    Replay replay() {
      Footprint actual = priced((each, sum) -> sum.add(row(each, each.site()), each.volumes()));
      Footprint baseline = priced(this::asThen);
      Footprint best = priced((each, sum) -> sum.add(cleanest(each), each.volumes()));
      return new Replay(
          DrawnAmount.of(actual, Impact.CARBON_KG),
          DrawnAmount.of(baseline, Impact.CARBON_KG),
          DrawnAmount.of(best, Impact.CARBON_KG),
          DrawnAmount.of(actual, Impact.WATER_L),
          DrawnAmount.of(baseline, Impact.WATER_L));
    }

    private Footprint priced(BiConsumer<Work, PricedVolumes> pricing) {
      PricedVolumes sum = card.newSum();
      work.forEach(each -> pricing.accept(each, sum));
      return sum.footprint();
    }

    private void asThen(Work each, PricedVolumes sum) {
      Map<String, Double> shares = sharesThen.getOrDefault(each.modality(), Map.of());
      if (shares.isEmpty() || !isMovable(each)) {
        sum.add(row(each, each.site()), each.volumes());
        return;
      }
      shares.forEach((site, share) -> sum.add(row(each, site), each.volumes().times(share)));
    }

    private CardRow cleanest(Work each) {
      if (!isMovable(each)) {
        return row(each, each.site());
      }
      Optional<CardRow> found =
          sites.stream()
              .map(site -> row(each, site))
              .min(
                  Comparator.comparingDouble(
                      row -> row.price(each.volumes()).median(Impact.CARBON_KG)));
      return found.orElseGet(() -> row(each, each.site()));
    }
  }
}
