package io.gtrace.governance.disclosure;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.governance.evidence.EvidenceRow;
import io.gtrace.governance.evidence.EvidenceTable;
import io.gtrace.governance.facts.DrawnAmount;
import io.gtrace.governance.facts.Estimate;
import io.gtrace.governance.facts.Facts;
import io.gtrace.governance.facts.UnknownFactException;
import io.gtrace.ledger.store.Digest;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What figures are computed from, and how they tell where they come from. */
final class FigureBasis {
  private final Facts facts;
  private final Map<String, String> digests = new HashMap<>();

  FigureBasis(Facts facts) {
    this.facts = facts;
  }

  Facts facts() {
    return facts;
  }

  /** A question about the period. */
  String select(String expression, String condition) {
    return RollupSql.select(facts.period(), expression, condition);
  }

  /** Where a figure comes from that the ledger gives by itself. */
  FigureTrace asked(String formula, String sql) {
    return asked(formula, sql, List.of());
  }

  /** Where a figure comes from that the ledger gives once evidence has told what to ask. */
  FigureTrace asked(String formula, String sql, Collection<EvidenceRow> evidence) {
    return trace(formula, Optional.of(sql), true, evidence);
  }

  /** Where a figure comes from to which the ledger contributes. */
  FigureTrace contributed(String formula, String sql, Collection<EvidenceRow> evidence) {
    return trace(formula, Optional.of(sql), false, evidence);
  }

  /** Where a figure comes from that the ledger has no part in. */
  FigureTrace handedIn(String formula, Collection<EvidenceRow> evidence) {
    return trace(formula, Optional.empty(), false, evidence);
  }

  private FigureTrace trace(
      String formula, Optional<String> sql, boolean isWhole, Collection<EvidenceRow> evidence) {
    return new FigureTrace(
        formula,
        sql,
        isWhole,
        evidence.stream().map(this::place).distinct().toList(),
        sql.isPresent() ? facts.ledger().factorSets() : List.of(),
        facts.ledger().ledger().head().seal());
  }

  /** From the folder of the profile: a form goes to others, and tells no paths of a machine. */
  private String place(EvidenceRow row) {
    String profile = facts.profile().folder().toString();
    String folder = profile.isEmpty() ? "" : profile + File.separator;
    String place = row.place();
    return (place.startsWith(folder) ? place.substring(folder.length()) : place)
        + facts.evidence().tables().values().stream()
            .map(EvidenceTable::file)
            .filter(file -> row.place().startsWith(file))
            .findFirst()
            .map(file -> " (" + digests.computeIfAbsent(file, FigureBasis::digest) + ")")
            .orElse("");
  }

  private static String digest(String file) {
    try {
      return Digest.of(Path.of(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** An impact of a footprint that a condition on the roll-up picks out. */
  Figure impact(
      String key, Footprint footprint, Impact impact, String condition, Set<Account> accounts) {
    return new Figure(
        key,
        known(footprint, impact).estimate(),
        UnitOfMeasure.parse(impact.unit()),
        accounts,
        asked(words(impact), select(RollupSql.sum(impact), condition)));
  }

  /**
   * @throws UnknownFactException if a part of the footprint does not have it
   */
  static DrawnAmount known(Footprint footprint, Impact impact) {
    if (Double.isNaN(footprint.median(impact))) {
      throw new UnknownFactException(
          "for some places there is no market-based factor; give it with --factors and reprice the"
              + " ledger (gtrace query --by region shows which)");
    }
    return DrawnAmount.of(footprint, impact);
  }

  private static String words(Impact impact) {
    return switch (impact) {
      case ENERGY_KWH -> "electricity of the calls, facility overhead (PUE) included";
      case OPERATIONAL_LOCATION_BASED_KG ->
          "that electricity at the average of its grid, hour by hour where that is known";
      case OPERATIONAL_MARKET_BASED_KG -> "that electricity by the contracts of its buyer";
      case EMBODIED_KG -> "share of the making of the hardware that the calls wore out";
      case CARBON_KG -> "operational location-based and embodied carbon";
      case WATER_L -> "water for cooling and for the electricity";
      case WATER_ON_SITE_L -> "water evaporated where the calls ran";
      default -> impact.name();
    };
  }

  /** A number that evidence states. */
  Figure stated(String key, double value, String unit, String formula, EvidenceRow row) {
    return new Figure(
        key,
        Estimate.exact(value),
        UnitOfMeasure.parse(unit),
        Set.of(),
        handedIn(formula, List.of(row)));
  }
}
