package io.gtrace.ledger;

import io.gtrace.activity.Attribution;
import io.gtrace.activity.Driver;
import io.gtrace.activity.Volumes;
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
import org.jspecify.annotations.Nullable;

/** Usage rolled up by card row, hour, team and app: what an account is drawn from. */
final class Cells {
  private static final long SECONDS_PER_HOUR = 3_600;
  private static final long NO_HOUR = Long.MIN_VALUE;

  private final RateCard card;
  private final Map<Key, Cell> cells = new HashMap<>();
  private @Nullable Instant first;
  private @Nullable Instant last;

  private record Key(CardRow row, long hour, String team, String app) {}

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

  /** Adds activities that met the same row at about the same time. */
  void add(CardRow row, Optional<Instant> when, Attribution who, long activities, Volumes volumes) {
    long hour = when.isEmpty() ? NO_HOUR : hourOf(when.get());
    cells
        .computeIfAbsent(new Key(row, hour, who.team(), who.app()), missing -> new Cell())
        .add(activities, volumes);
    when.ifPresent(this::seen);
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
    Set<String> allNotes = new LinkedHashSet<>(notes);
    // There are far fewer rows than cells, and most figures need no more than the rows.
    byRow()
        .forEach((row, cell) -> {
          Volumes volumes = cell.volumes.build();
          all.add(row, cell.activities, volumes);
          part(models, row.model()).add(row, cell.activities, volumes);
          part(sites, row.site()).add(row, cell.activities, volumes);
          part(modalities, row.modality().label()).add(row, cell.activities, volumes);
          places.putIfAbsent(row.site(), place(row));
          row.notes().forEach(note -> allNotes.add(row.model() + ": " + note));
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
        List.copyOf(allNotes),
        refused);
  }

  /** Where the factors behind the account come from, each source once. */
  List<Provenance> sources() {
    Set<Provenance> sources = new LinkedHashSet<>();
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
    byRow().forEach((row, cell) -> volumes.put(row, cell.volumes.build()));
    return volumes;
  }

  private Map<CardRow, Cell> byRow() {
    Map<CardRow, Cell> byRow = new LinkedHashMap<>();
    cells.forEach((key, cell) ->
        byRow
            .computeIfAbsent(key.row(), missing -> new Cell())
            .add(cell.activities, cell.volumes.build()));
    return byRow;
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
    private double tokens;

    void add(CardRow row, long count, Volumes volumes) {
      priced.add(row, volumes);
      activities += count;
      tokens +=
          volumes.get(Driver.INPUT_TOKENS)
              + volumes.get(Driver.CACHED_INPUT_TOKENS)
              + volumes.get(Driver.OUTPUT_TOKENS);
    }

    Line line(String key) {
      return new Line(key, activities, tokens, priced.footprint());
    }
  }
}
