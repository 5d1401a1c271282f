package io.gtrace.ledger;

import io.gtrace.activity.Attribution;
import io.gtrace.activity.Driver;
import io.gtrace.activity.Volumes;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.ledger.Account.Line;
import io.gtrace.ledger.Account.Place;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.PricedVolumes;
import io.gtrace.ratecard.RateCard;
import io.gtrace.trace.Provenance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Usage rolled up by model, card row, hour, team and app: what an account is drawn from. */
final class Cells {
  private static final long SECONDS_PER_HOUR = 3_600;
  private static final long NO_HOUR = Long.MIN_VALUE;
  private static final int NAMES_IN_A_NOTE = 5;
  private static final List<Impact> NOT_KNOWN_EVERYWHERE =
      List.of(Impact.OPERATIONAL_MARKET_BASED_KG, Impact.MARGINAL_KG);

  private static final Comparator<Provenance> BY_NAME =
      Comparator.comparing(Provenance::source, String.CASE_INSENSITIVE_ORDER)
          .thenComparing(Provenance::source)
          .thenComparingInt(Provenance::year)
          .thenComparing(Provenance::tier)
          .thenComparing(Provenance::licence);

  private final RateCard card;
  private final Map<Key, Cell> cells = new HashMap<>();
  private @Nullable Instant first;
  private @Nullable Instant last;

  /** A training run has its own name and the rates of its accelerator. */
  private record Key(String model, CardRow row, long hour, String team, String app) {}

  private record Work(String model, CardRow row) {}

  private static final class Cell {
    private final Volumes.Builder volumes = new Volumes.Builder();
    private long activities;

    void add(long count, Volumes more) {
      volumes.add(more);
      activities += count;
    }
  }

  Cells(RateCard card) {
    this.card = card;
  }

  /**
   * Adds activities that met the same row in the same hour.
   *
   * @param model the name that they go by
   * @param when some moment of that hour; the period of the account is told by {@link #seen}
   */
  void add(
      String model,
      CardRow row,
      Optional<Instant> when,
      Attribution who,
      long activities,
      Volumes volumes) {
    long hour = when.isEmpty() ? NO_HOUR : hourOf(when.get());
    cells
        .computeIfAbsent(new Key(model, row, hour, who.team(), who.app()), missing -> new Cell())
        .add(activities, volumes);
  }

  /** Widens the period that the account covers. */
  void seen(Instant moment) {
    if (first == null || moment.isBefore(first)) {
      first = moment;
    }
    if (last == null || moment.isAfter(last)) {
      last = moment;
    }
  }

  private static long hourOf(Instant when) {
    return Math.floorDiv(when.getEpochSecond(), SECONDS_PER_HOUR);
  }

  Account account(String title, List<String> notes, long refused) {
    Split all = new Split();
    Map<String, Split> models = new HashMap<>();
    Map<String, Split> sites = new HashMap<>();
    Map<String, Split> modalities = new HashMap<>();
    Map<String, Place> places = new LinkedHashMap<>();
    // There is far less work than cells, and most figures need no more.
    Map<Work, Cell> byWork = byWork();
    byWork.forEach((work, cell) -> {
      CardRow row = work.row();
      Volumes volumes = cell.volumes.build();
      all.add(row, cell.activities, volumes);
      part(models, work.model()).add(row, cell.activities, volumes);
      part(sites, row.site()).add(row, cell.activities, volumes);
      part(modalities, row.modality().label()).add(row, cell.activities, volumes);
      places.putIfAbsent(row.site(), place(row));
    });
    Map<String, Split> teams = new HashMap<>();
    Map<String, Split> apps = new HashMap<>();
    Map<Long, Split> hours = new TreeMap<>();
    cells.forEach((key, cell) -> {
      Volumes volumes = cell.volumes.build();
      part(teams, key.team()).add(key.row(), cell.activities, volumes);
      part(apps, key.app()).add(key.row(), cell.activities, volumes);
      part(hours, key.hour()).add(key.row(), cell.activities, volumes);
    });
    Map<Dimension, List<Line>> lines = new EnumMap<>(Dimension.class);
    lines.put(Dimension.MODEL, largestFirst(models));
    lines.put(Dimension.TEAM, largestFirst(teams));
    lines.put(Dimension.APP, largestFirst(apps));
    lines.put(Dimension.SITE, largestFirst(sites));
    lines.put(Dimension.HOUR, inOrderOfTime(hours));
    lines.put(Dimension.MODALITY, largestFirst(modalities));
    return new Account(
        title,
        all.line(""),
        lines,
        places,
        Optional.ofNullable(first),
        Optional.ofNullable(last),
        withNotesOfRows(notes, byWork.keySet()),
        refused,
        knownParts(byWork));
  }

  private Map<Impact, Footprint> knownParts(Map<Work, Cell> byWork) {
    Map<Impact, Footprint> parts = new EnumMap<>(Impact.class);
    for (Impact impact : NOT_KNOWN_EVERYWHERE) {
      PricedVolumes known = card.newSum();
      int count = 0;
      for (Map.Entry<Work, Cell> entry : byWork.entrySet()) {
        CardRow row = entry.getKey().row();
        Volumes volumes = entry.getValue().volumes.build();
        if (!Double.isNaN(row.price(volumes).median(impact))) {
          known.add(row, volumes);
          count++;
        }
      }
      if (count > 0 && count < byWork.size()) {
        parts.put(impact, known.footprint());
      }
    }
    return parts;
  }

  private static List<String> withNotesOfRows(List<String> notes, Set<Work> done) {
    Map<String, Set<String>> modelsByNote = new TreeMap<>();
    for (Work work : done) {
      List<String> ofRow = new ArrayList<>(work.row().notes());
      if (!work.model().equals(work.row().model())) {
        ofRow.add("trained on " + work.row().model());
      }
      ofRow.forEach(
          note -> modelsByNote.computeIfAbsent(note, missing -> new TreeSet<>()).add(work.model()));
    }
    Set<String> all = new LinkedHashSet<>(notes);
    modelsByNote.forEach((note, models) -> all.add(listed(models) + ": " + note));
    return List.copyOf(all);
  }

  private static String listed(Set<String> names) {
    String some = names.stream().limit(NAMES_IN_A_NOTE).collect(Collectors.joining(", "));
    int more = names.size() - NAMES_IN_A_NOTE;
    return more > 0 ? some + " and " + more + " more" : some;
  }

  /** Where the factors behind the account come from, each source once, by name. */
  List<Provenance> sources() {
    Set<Provenance> sources = new TreeSet<>(BY_NAME);
    Set<String> seen = new HashSet<>();
    for (CardRow row : rows()) {
      if (seen.add(row.model() + " at " + row.site())) {
        sources.addAll(row.sources());
      }
    }
    return List.copyOf(sources);
  }

  private <K> Split part(Map<K, Split> parts, K key) {
    return parts.computeIfAbsent(key, missing -> new Split());
  }

  /** All work at each row together, whoever asked for it. */
  Map<CardRow, Volumes> volumesByRow() {
    Map<CardRow, Volumes> volumes = new LinkedHashMap<>();
    byWork().forEach((work, cell) -> volumes.merge(work.row(), cell.volumes.build(), Cells::sum));
    return volumes;
  }

  private static Volumes sum(Volumes some, Volumes more) {
    Volumes.Builder builder = new Volumes.Builder();
    builder.add(some);
    builder.add(more);
    return builder.build();
  }

  private Map<Work, Cell> byWork() {
    Map<Work, Cell> byWork = new LinkedHashMap<>();
    cells.forEach((key, cell) ->
        byWork
            .computeIfAbsent(new Work(key.model(), key.row()), missing -> new Cell())
            .add(cell.activities, cell.volumes.build()));
    return byWork;
  }

  private Set<CardRow> rows() {
    Set<CardRow> rows = new LinkedHashSet<>();
    cells.keySet().forEach(key -> rows.add(key.row()));
    return rows;
  }

  private static Place place(CardRow row) {
    return new Place(row.siteName(), row.zone().name(), row.position());
  }

  private static List<Line> largestFirst(Map<String, Split> parts) {
    return parts.entrySet().stream()
        .map(part -> part.getValue().line(part.getKey()))
        .sorted(
            Comparator.comparingDouble((Line line) -> -line.footprint().median(Impact.CARBON_KG))
                .thenComparing(Line::key))
        .toList();
  }

  private static List<Line> inOrderOfTime(Map<Long, Split> hours) {
    List<Line> lines = new ArrayList<>();
    hours.forEach((hour, split) ->
        lines.add(
            split.line(
                hour == NO_HOUR ? "" : Instant.ofEpochSecond(hour * SECONDS_PER_HOUR).toString())));
    return List.copyOf(lines);
  }

  /** One line in the making. */
  private final class Split {
    private final PricedVolumes priced = card.newSum();
    private long activities;
    private double requests;
    private double tokens;

    void add(CardRow row, long count, Volumes volumes) {
      priced.add(row, volumes);
      activities += count;
      requests += volumes.get(Driver.REQUESTS);
      tokens +=
          volumes.get(Driver.INPUT_TOKENS)
              + volumes.get(Driver.CACHED_INPUT_TOKENS)
              + volumes.get(Driver.OUTPUT_TOKENS);
    }

    Line line(String key) {
      return new Line(key, activities, requests, tokens, priced.footprint());
    }
  }
}
