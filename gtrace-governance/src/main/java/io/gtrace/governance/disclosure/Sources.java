package io.gtrace.governance.disclosure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The functions of all figures and derived words, in one place. A new one is an entry here and the
 * name of it in {@code disclosures.yaml}.
 */
final class Sources {
  private static final Map<String, Source> BY_ID = Collections.unmodifiableMap(all());
  private static final int CATEGORIES = 15;
  private static final String COLUMN = "datacentres.";

  private Sources() {}

  /** Computes what fills a field. */
  @FunctionalInterface
  interface Source {
    /**
     * @throws io.gtrace.governance.facts.UnknownFactException if something is needed that is not
     *     known
     */
    Answers of(FigureBasis basis);
  }

  private static Map<String, Source> all() {
    Map<String, Source> all = new LinkedHashMap<>();
    all.put("organisation", DerivedWords::organisation);
    all.put("period", DerivedWords::period);
    all.put("factors", DerivedWords::factors);
    all.put("energy-method", DerivedWords::energyMethod);
    all.put("overhead", DerivedWords::overhead);
    all.put("base-year", DerivedWords::baseYear);
    all.put("target", DerivedWords::target);
    all.put("exclusions", DerivedWords::exclusions);
    all.put("assurance", DerivedWords::assurance);
    all.put("energy", LedgerFigures::energy);
    all.put("carbon", LedgerFigures::carbon);
    all.put("carbon-location", LedgerFigures::locationBased);
    all.put("carbon-market", LedgerFigures::marketBased);
    all.put("embodied", LedgerFigures::embodied);
    all.put("water", LedgerFigures::water);
    all.put("water-on-site", LedgerFigures::waterOnSite);
    all.put("uncertainty", LedgerFigures::uncertainty);
    all.put("sci", ScoreFigures::score);
    all.put("sci-consumer", ScoreFigures::consumerScore);
    all.put("sci-energy", ScoreFigures::energy);
    all.put("sci-intensity", ScoreFigures::intensity);
    all.put("sci-embodied", ScoreFigures::embodied);
    all.put("sci-units", ScoreFigures::units);
    all.put("sci-provider", TrainingFigures::providerScore);
    all.put("sci-provider-units", TrainingFigures::providerUnits);
    all.put("training-compute", TrainingFigures::compute);
    all.put("training-time", TrainingFigures::time);
    all.put("training-energy", TrainingFigures::energy);
    all.put("training-energy-method", TrainingFigures::energyMethod);
    all.put("training-carbon", TrainingFigures::carbon);
    all.put("training-coverage", TrainingFigures::coverage);
    all.put("assigned", ScopeFigures::assigned);
    all.put("scope-1", ScopeFigures::ofScope1);
    all.put("scope-2-location", ScopeFigures::locationBased);
    all.put("scope-2-market", ScopeFigures::marketBased);
    all.put("scope-2-energy", ScopeFigures::energy);
    all.put("scope-2-market-energy", ScopeFigures::energyWithMarketFactor);
    all.put("scope-3", ScopeFigures::ofScope3);
    all.put("total-location", ScopeFigures::totalLocationBased);
    all.put("total-market", ScopeFigures::totalMarketBased);
    all.put(
        "intensity-location",
        basis -> ScopeFigures.perRevenue(basis, ScopeFigures.totalLocationBased(basis)));
    all.put(
        "intensity-market",
        basis -> ScopeFigures.perRevenue(basis, ScopeFigures.totalMarketBased(basis)));
    all.put("matched-annual", ScopeFigures::annualShare);
    all.put("matched-hourly", ScopeFigures::hourlyShare);
    all.put("unmatched-hourly", ScopeFigures::unmatched);
    all.put("renewable", StewardshipFigures::renewable);
    all.put("nuclear", StewardshipFigures::nuclear);
    all.put("fossil", StewardshipFigures::fossil);
    all.put("provisioned", StewardshipFigures::provisioned);
    all.put("excluded", StewardshipFigures::excluded);
    all.put("credits", StewardshipFigures::credits);
    all.put("credits-netted", StewardshipFigures::nettedCredits);
    all.put("assured", StewardshipFigures::assured);
    all.put("target-base", StewardshipFigures::base);
    all.put("target-2030", StewardshipFigures::target2030);
    all.put("target-allowed", StewardshipFigures::allowed);
    all.put("target-ratio", StewardshipFigures::ratioToPath);
    all.put("site-installed", SiteFigures::installed);
    all.put("site-renewable", SiteFigures::renewable);
    all.put("site-pue", SiteFigures::pue);
    all.put("site-wue", SiteFigures::wue);
    all.put("site-erf", SiteFigures::erf);
    all.put("site-ref", SiteFigures::ref);
    for (int number = 1; number <= CATEGORIES; number++) {
      String category = "cat-" + number;
      all.put("scope-3-" + category, basis -> ScopeFigures.ofCategory(basis, category));
    }
    return all;
  }

  static Set<String> ids() {
    return BY_ID.keySet();
  }

  /**
   * The function of an id; a column of the yearly figures of data centres is named as {@code
   * datacentres.water_m3}.
   *
   * @param unit of the field, which is that of the column
   */
  static Optional<Source> named(String id, String unit) {
    if (id.startsWith(COLUMN)) {
      String column = id.substring(COLUMN.length());
      return Optional.of(basis -> SiteFigures.column(basis, column, unit));
    }
    return Optional.ofNullable(BY_ID.get(id));
  }
}
