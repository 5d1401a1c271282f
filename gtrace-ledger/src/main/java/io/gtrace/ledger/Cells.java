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
    final Volumes.Builder volumes = new Volumes.Builder();
    long activities;
  }

  Cells(RateCard card) {
    this.card = card;
  }

  /** Adds activities that met the same row at about the same time. */
  void add(CardRow row, Optional<Instant> when, Attribution who, long activities, Volumes volumes) {
    long hour = when.isEmpty() ? NO_HOUR : hourOf(when.get());
    Cell cell =
        cells.computeIfAbsent(new Key(row, hour, who.team(), who.app()), missing -> new Cell());
    cell.volumes.add(volumes);
    cell.activities += activities;
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
    Map<Dimension, Map<String, Split>> splits = new EnumMap<>(Dimension.class);
    for (Dimension dimension : Dimension.values()) {
      splits.put(dimension, new HashMap<>());
    }
    Map<String, Place> places = new LinkedHashMap<>();
    Set<String> allNotes = new LinkedHashSet<>(notes);
    Set<CardRow> rows = new LinkedHashSet<>();
    cells.forEach((key, cell) -> {
      Volumes volumes = cell.volumes.build();
      all.add(key.row(), cell.activities, volumes);
      splits.forEach((dimension, byKey) ->
          byKey
              .computeIfAbsent(keyOf(dimension, key), missing -> new Split())
              .add(key.row(), cell.activities, volumes));
      if (rows.add(key.row())) {
        places.putIfAbsent(key.row().site(), place(key.row()));
        key.row().notes().forEach(note -> allNotes.add(key.row().model() + ": " + note));
      }
    });
    Map<Dimension, List<Line>> lines = new EnumMap<>(Dimension.class);
    splits.forEach((dimension, byKey) -> lines.put(dimension, lines(dimension, byKey)));
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

  /** All work at each row together, whoever asked for it. */
  Map<CardRow, Volumes> volumesByRow() {
    Map<CardRow, Volumes.Builder> sums = new LinkedHashMap<>();
    cells.forEach((key, cell) ->
        sums.computeIfAbsent(key.row(), missing -> new Volumes.Builder())
            .add(cell.volumes.build()));
    Map<CardRow, Volumes> byRow = new LinkedHashMap<>();
    sums.forEach((row, sum) -> byRow.put(row, sum.build()));
    return byRow;
  }

  private Set<CardRow> rows() {
    Set<CardRow> rows = new LinkedHashSet<>();
    cells.keySet().forEach(key -> rows.add(key.row()));
    return rows;
  }

  private static String keyOf(Dimension dimension, Key key) {
    return switch (dimension) {
      case MODEL -> key.row().model();
      case TEAM -> key.team();
      case APP -> key.app();
      case SITE -> key.row().site();
      case HOUR ->
          key.hour() == NO_HOUR
              ? ""
              : Instant.ofEpochSecond(key.hour() * SECONDS_PER_HOUR).toString();
      case MODALITY -> key.row().modality().label();
    };
  }

  private static Place place(CardRow row) {
    return new Place(row.siteName(), row.zone().name(), row.position());
  }

  private static List<Line> lines(Dimension dimension, Map<String, Split> byKey) {
    List<Line> lines = new ArrayList<>();
    byKey.forEach((key, split) -> lines.add(split.line(key)));
    lines.sort(
        dimension == Dimension.HOUR
            ? Comparator.comparing(Line::key)
            : Comparator.comparingDouble((Line line) -> -line.footprint().median(Impact.CARBON_KG))
                .thenComparing(Line::key));
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
