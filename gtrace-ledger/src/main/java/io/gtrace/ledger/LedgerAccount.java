package io.gtrace.ledger;

import io.gtrace.activity.Volumes;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.ledger.Account.Line;
import io.gtrace.ledger.Account.Place;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.ledger.query.Work;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.RollupFiles;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.RateCard;
import io.gtrace.site.Site;
import io.gtrace.trace.Provenance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A ledger, or a period of it, as an account: what a report is drawn from. */
public final class LedgerAccount {
  private static final Map<Dimension, GroupBy> DIMENSIONS =
      new EnumMap<>(
          Map.of(
              Dimension.MODEL, GroupBy.MODEL,
              Dimension.TEAM, GroupBy.TEAM,
              Dimension.APP, GroupBy.APP,
              Dimension.SITE, GroupBy.REGION,
              Dimension.HOUR, GroupBy.HOUR,
              Dimension.MODALITY, GroupBy.MODALITY));

  private LedgerAccount() {}

  /**
   * Accounts a ledger by its newest prices.
   *
   * @param card factors at hand: savings and sources are told only if they priced the ledger
   * @throws io.gtrace.ledger.store.LedgerException if the ledger is damaged
   */
  public static Accounting of(Ledger.Snapshot ledger, RateCard card, Period period, String title) {
    try (LedgerQuery query = LedgerQuery.open(ledger, RollupFiles.Pricing.CURRENT)) {
      List<Work> work = query.work(period);
      List<String> notes = new ArrayList<>(query.notes(period));
      Map<CardRow, Volumes> atHand = new LinkedHashMap<>();
      String factorSet = card.catalogue().factorSet();
      if (work.stream().allMatch(each -> each.factorSet().equals(factorSet))) {
        work.forEach(each -> atHand.merge(row(card, each), each.volumes(), Volumes::plus));
      } else {
        notes.add(
            "Priced by other factors than those at hand: savings and sources are left out;"
                + " gtrace ledger reprice prices the ledger anew");
      }
      return new Accounting(
          account(query, period, title, notes, refused(ledger, period)),
          atHand.isEmpty() ? List.of() : new Savings(card, atHand).all(),
          sources(atHand.keySet()),
          List.of(),
          Optional.empty(),
          "");
    }
  }

  /** What is refused has no time that could be trusted, so it belongs to no part of the ledger. */
  private static long refused(Ledger.Snapshot ledger, Period period) {
    return period.equals(Period.ALL) ? ledger.refused() : 0;
  }

  private static CardRow row(RateCard card, Work work) {
    return card.rowOfYear(work.subject(), work.modality(), Site.parse(work.site()), work.year());
  }

  private static List<Provenance> sources(Set<CardRow> rows) {
    Set<Provenance> sources =
        new TreeSet<>(
            Comparator.comparing(Provenance::source, String.CASE_INSENSITIVE_ORDER)
                .thenComparing(Provenance::toString));
    rows.forEach(row -> sources.addAll(row.sources()));
    return List.copyOf(sources);
  }

  private static Account account(
      LedgerQuery query, Period period, String title, List<String> notes, long refused) {
    Map<Dimension, List<Line>> lines = new EnumMap<>(Dimension.class);
    DIMENSIONS.forEach((dimension, groupBy) ->
        lines.put(
            dimension,
            query.by(List.of(groupBy), period).stream()
                .map(line -> line(line.keys().get(0), line))
                .toList()));
    Map<String, Place> places = new LinkedHashMap<>();
    query
        .sites()
        .forEach(site ->
            places.put(site.id(), new Place(site.name(), site.zoneName(), site.position())));
    Period covered = query.period();
    return new Account(
        title,
        line("", query.total(period)),
        lines,
        places,
        period.from().or(covered::from),
        period.to().or(covered::to),
        notes,
        refused,
        knownParts(lines.getOrDefault(Dimension.SITE, List.of())));
  }

  private static Line line(String key, QueryLine line) {
    return new Line(key, line.activities(), line.requests(), line.tokens(), line.footprint());
  }

  /** Whether an impact is known depends on where the work ran. */
  private static Map<Impact, Footprint> knownParts(List<Line> bySite) {
    Map<Impact, Footprint> parts = new EnumMap<>(Impact.class);
    for (Impact impact : List.of(Impact.OPERATIONAL_MARKET_BASED_KG, Impact.MARGINAL_KG)) {
      List<Footprint> known =
          bySite.stream()
              .map(Line::footprint)
              .filter(footprint -> !Double.isNaN(footprint.median(impact)))
              .toList();
      boolean oneSet = known.stream().map(Footprint::factorSet).distinct().count() == 1;
      if (oneSet && known.size() < bySite.size()) {
        parts.put(impact, known.stream().reduce(Footprint::plus).orElseThrow());
      }
    }
    return parts;
  }
}
