package io.gtrace.governance.facts;

import io.gtrace.governance.evidence.EvidenceRow;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The newest form of each site, of the year of the period or earlier.
 *
 * @param bySite forms by the names of their sites
 */
public record SiteForms(Map<String, EvidenceRow> bySite) {
  private static final String KIND = "sites";
  private static final Comparator<EvidenceRow> BY_YEAR =
      Comparator.comparingDouble(row -> row.number("year"));

  public SiteForms {
    bySite = Map.copyOf(bySite);
  }

  /**
   * @throws UnknownFactException if there are no forms, or if any is faulty
   */
  public static SiteForms of(Facts facts) {
    Map<String, EvidenceRow> newest = new TreeMap<>();
    facts.rows(KIND).stream()
        .filter(row -> row.number("year") <= facts.period().first().getYear())
        .sorted(BY_YEAR)
        .forEach(row -> newest.put(row.text("site"), row));
    return new SiteForms(newest);
  }

  /** None, where there are none that can be relied on. */
  public static SiteForms orNone(Facts facts) {
    return facts.isUsable(KIND) ? of(facts) : new SiteForms(Map.of());
  }

  public Optional<EvidenceRow> of(String site) {
    return Optional.ofNullable(bySite.get(site));
  }

  /** The PUE that a form tells; empty if it does not. */
  public static Optional<Double> pue(EvidenceRow form) {
    OptionalDouble pue = form.optionalNumber("pue");
    return pue.isPresent() ? Optional.of(pue.getAsDouble()) : Optional.empty();
  }

  /** All of them, by the names of sites. */
  public List<EvidenceRow> all() {
    return bySite.values().stream()
        .sorted(Comparator.comparing((EvidenceRow row) -> row.text("site")))
        .toList();
  }
}
