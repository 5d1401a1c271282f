package io.gtrace.server.page;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.factor.GridZone;
import io.gtrace.factor.HourlyProfile;
import io.gtrace.factor.Position;
import io.gtrace.footprint.Impact;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.ledger.query.StoredSite;
import io.gtrace.report.Charts;
import io.gtrace.report.Figures;
import io.gtrace.report.PageParts;
import io.gtrace.report.ScriptJson;
import io.gtrace.report.TextTable;
import io.gtrace.report.TextTable.Head;
import io.gtrace.report.TextTable.Row;
import io.gtrace.report.Unit;
import java.time.DateTimeException;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;

/**
 * Where work ran, data centres and people's own devices apart, over how much carbon each grid has
 * in every hour of the mean day of a month.
 */
final class MapPage implements View {
  private static final int HOURS = 24;
  private static final double GRAMS = 1_000;

  private final Visit visit;
  private final Month month;
  private final List<Grid> grids;
  private final List<Spot> spots;
  private final Optional<LedgerLines.Section> section;
  private final int unplaced;

  /** A grid zone over the mean day of the month, g/kWh by hour (UTC). */
  private record Grid(GridZone zone, Position at, List<Double> gramsPerKwh) {
    double least() {
      return gramsPerKwh.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    }

    double most() {
      return gramsPerKwh.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    int greenestHour() {
      return gramsPerKwh.indexOf(least());
    }
  }

  /** A site of the ledger. */
  private record Spot(String name, Position at, QueryLine line) {
    boolean isAtUser() {
      return name.contains("@");
    }
  }

  private MapPage(Visit visit) {
    this.visit = visit;
    month =
        visit
            .fields()
            .text("month")
            .map(MapPage::month)
            .orElseGet(() -> visit.now().atZone(ZoneOffset.UTC).getMonth());
    grids = grids(visit.card().catalogue());
    Selection selection = Selection.read(visit, "");
    List<QueryLine> lines = visit.ledger().ask(selection.by(GroupBy.REGION)).lines();
    QueryLine total = visit.ledger().ask(selection.by()).total();
    spots = spots(lines);
    unplaced = lines.size() - spots.size();
    section =
        lines.isEmpty()
            ? Optional.empty()
            : Optional.of(
                LedgerLines.section(
                    GroupBy.REGION,
                    lines,
                    total,
                    selection.traceLink(),
                    key -> selection.with(GroupBy.REGION, key).traceLink()));
  }

  static MapPage of(Visit visit) {
    return new MapPage(visit);
  }

  private static Month month(String text) {
    try {
      return Month.of(Integer.parseInt(text));
    } catch (NumberFormatException | DateTimeException none) {
      throw new IllegalArgumentException("month must be 1 to 12, not '" + text + "'", none);
    }
  }

  private List<Grid> grids(FactorCatalogue catalogue) {
    List<Grid> found = new ArrayList<>();
    for (String id : catalogue.zonesWithHours()) {
      GridZone zone = catalogue.zone(id, Fallback.ALLOW);
      Optional<HourlyProfile> profile = catalogue.hourlyProfile(id);
      if (zone.position().isPresent() && profile.isPresent()) {
        double year = GRAMS * catalogue.grid(zone).locationBased(OptionalInt.empty()).median();
        List<Double> hours = new ArrayList<>();
        for (int hour = 0; hour < HOURS; hour++) {
          hours.add(year * profile.get().ratio((month.getValue() - 1) * HOURS + hour));
        }
        found.add(new Grid(zone, zone.position().get(), List.copyOf(hours)));
      }
    }
    found.sort(Comparator.comparing(grid -> grid.zone().name()));
    return found;
  }

  private List<Spot> spots(List<QueryLine> lines) {
    Map<String, Position> places = new HashMap<>();
    for (StoredSite site : visit.ledger().with(LedgerQuery::sites)) {
      site.position().ifPresent(at -> places.put(site.id(), at));
    }
    List<Spot> found = new ArrayList<>();
    for (QueryLine line : lines) {
      String name = line.keys().get(0);
      if (places.containsKey(name)) {
        found.add(new Spot(name, places.get(name), line));
      }
    }
    return found;
  }

  @Override
  public String template() {
    return "map.jte";
  }

  @Override
  public String title() {
    return "Map";
  }

  @Override
  public Room room() {
    return Room.MAP;
  }

  @Override
  public String module() {
    return "map.js";
  }

  @Override
  public boolean isDrawn() {
    return true;
  }

  @Override
  public String data() {
    double largest =
        spots.stream()
            .mapToDouble(spot -> spot.line().footprint().median(Impact.CARBON_KG))
            .max()
            .orElse(0);
    Unit unit = Unit.of(Impact.CARBON_KG, largest);
    return ScriptJson.of(json -> {
      json.writeStartObject();
      Charts.write(json, List.of());
      json.writeStringProperty("month", monthInWords());
      json.writeArrayPropertyStart("grids");
      grids.forEach(grid -> write(json, grid));
      json.writeEndArray();
      json.writeArrayPropertyStart("spots");
      spots.forEach(spot -> write(json, spot, unit));
      json.writeEndArray();
      json.writeArrayPropertyStart("centres");
      visit
          .card()
          .catalogue()
          .regions()
          .forEach(region -> {
            json.writeStartObject();
            json.writeStringProperty("name", region.id());
            at(json, region.position());
            json.writeEndObject();
          });
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  private static void write(JsonGenerator json, Grid grid) {
    json.writeStartObject();
    json.writeStringProperty("name", grid.zone().name());
    at(json, grid.at());
    json.writeArrayPropertyStart("hours");
    grid.gramsPerKwh().forEach(grams -> json.writeNumber(Math.round(10 * grams) / 10.0));
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Spot spot, Unit unit) {
    json.writeStartObject();
    json.writeStringProperty("name", spot.name());
    json.writeBooleanProperty("atUser", spot.isAtUser());
    at(json, spot.at());
    json.writeNumberProperty(
        "carbon",
        (double) (float) (spot.line().footprint().median(Impact.CARBON_KG) / unit.size()));
    json.writeStringProperty("words", Figures.carbon(spot.line().footprint().carbonKg()));
    json.writeEndObject();
  }

  private static void at(JsonGenerator json, Position at) {
    json.writeArrayPropertyStart("at");
    json.writeNumber(at.longitude());
    json.writeNumber(at.latitude());
    json.writeEndArray();
  }

  List<Month> months() {
    return List.of(Month.values());
  }

  boolean isShown(Month each) {
    return each == month;
  }

  String nameOf(Month each) {
    return each.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  String monthInWords() {
    return nameOf(month);
  }

  String alternative() {
    return "Map of "
        + grids.size()
        + " grids by carbon of their electricity, and of "
        + spots.size()
        + " places of the ledger. The tables below hold the figures.";
  }

  boolean hasSpots() {
    return !spots.isEmpty();
  }

  String unplaced() {
    return unplaced == 0 ? "" : "Places without a known position: " + unplaced + ".";
  }

  Optional<LedgerLines.Section> section() {
    return section;
  }

  String gridTable() {
    return PageParts.table(
        new TextTable(
            "Carbon of electricity over the mean day of " + monthInWords() + ", hours in UTC",
            List.of(
                Head.words("Grid"),
                Head.number("Least", "g CO2e/kWh"),
                Head.number("Most", "g CO2e/kWh"),
                Head.words("Greenest hour")),
            grids.stream()
                .map(grid ->
                    new Row(
                        grid.zone().name(),
                        grid.zone().id(),
                        Stream.of(
                                Figures.rounded(grid.least()),
                                Figures.rounded(grid.most()),
                                String.format(Locale.ROOT, "%02d:00", grid.greenestHour()))
                            .map(TextTable::plain)
                            .toList()))
                .toList()));
  }
}
