package io.gtrace.server.page;

import io.gtrace.factor.Accelerator;
import io.gtrace.factor.CloudRegion;
import io.gtrace.factor.Factor;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.factor.GridZone;
import io.gtrace.factor.Model;
import io.gtrace.factor.Range;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.RollupFiles;
import io.gtrace.report.Figures;
import io.gtrace.report.LineTable.Cell;
import io.gtrace.report.PageParts;
import io.gtrace.report.TextTable;
import io.gtrace.report.TextTable.Head;
import io.gtrace.report.TextTable.Row;
import io.gtrace.server.access.Scope;
import io.gtrace.server.organisation.OwnValue;
import io.gtrace.server.organisation.OwnValues;
import io.gtrace.site.Site;
import io.gtrace.trace.Provenance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** What figures rest on: models, places, devices and constants, each with its source. */
final class FactorsPage implements View {
  private static final int PAGE_ROWS = 40;
  private static final double GRAMS = 1_000;

  private final Visit visit;
  private final FactorCatalogue catalogue;
  private final OwnFactors own;
  private final Kind kind;
  private final List<String> words;
  private final List<Entry> found;
  private final int first;
  private final Optional<OwnValueForm> form;

  /** The tables of factors. */
  enum Kind {
    MODELS("Models"),
    PLACES("Places"),
    DEVICES("Devices"),
    CONSTANTS("Constants");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }

    String field() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A row, and the text in which it is searched. */
  private record Entry(Row row, boolean isOwn, String text) {
    static Entry of(String name, String detail, boolean isOwn, List<Cell> cells) {
      String shown = isOwn ? "own, laid over what ships; " + detail : detail;
      StringBuilder text = new StringBuilder(name).append(' ').append(shown);
      cells.forEach(cell -> text.append(' ').append(cell.value()));
      return new Entry(
          new Row(name, shown.replaceFirst("; $", ""), cells),
          isOwn,
          text.toString().toLowerCase(Locale.ROOT));
    }
  }

  private FactorsPage(Visit visit, OwnFactors own) {
    this.visit = visit;
    this.own = own;
    catalogue = visit.card().catalogue();
    kind =
        visit
            .fields()
            .text("kind")
            .map(text ->
                Stream.of(Kind.values())
                    .filter(each -> each.field().equals(text))
                    .findFirst()
                    .orElseThrow(() ->
                        new IllegalArgumentException(
                            "kind must be models, places, devices or constants, not '"
                                + text
                                + "'")))
            .orElse(Kind.MODELS);
    words =
        visit
            .fields()
            .text("q")
            .map(text -> List.of(text.toLowerCase(Locale.ROOT).split("\\s+")))
            .orElse(List.of());
    found = entries().filter(this::isWanted).toList();
    first = (int) Math.min(visit.fields().whole("first", 0), Math.max(0, found.size() - 1));
    form =
        mayGive()
            ? visit.fields().text("give").map(of -> OwnValueForm.of(catalogue, of, visit.now()))
            : Optional.empty();
  }

  /** Whether they may give values of their own. */
  private boolean mayGive() {
    return visit.seesAll() && visit.caller().may(Scope.ADMIN);
  }

  /** A cell that leads to where a value is given; none for those who may not. */
  private void given(List<Cell> cells, OwnValue.Kind of, String id) {
    if (mayGive()) {
      cells.add(
          plain("Give")
              .linked(
                  Fields.link("/factors")
                          .with("kind", kind.field())
                          .with("give", of.label() + ":" + id)
                      + "#give"));
    }
  }

  static FactorsPage of(Visit visit, OwnFactors own) {
    return new FactorsPage(visit, own);
  }

  private boolean isWanted(Entry entry) {
    boolean mayBe = visit.fields().text("own").isEmpty() || entry.isOwn();
    return mayBe && words.stream().allMatch(entry.text()::contains);
  }

  private Stream<Entry> entries() {
    return switch (kind) {
      case MODELS -> catalogue.models().stream().map(this::model);
      case PLACES ->
          Stream.of(
                  catalogue.dataCentres().stream().map(this::dataCentre),
                  catalogue.regions().stream().map(this::region),
                  catalogue.zones().stream().map(this::zone))
              .flatMap(each -> each);
      case DEVICES -> catalogue.accelerators().stream().map(this::device);
      case CONSTANTS -> catalogue.assumptions().stream().map(this::constant);
    };
  }

  private Entry model(Model model) {
    List<Cell> cells = new ArrayList<>();
    cells.add(plain(model.modality().label()));
    cells.add(plain(range(model.totalParametersB())));
    cells.add(plain(range(model.activeParametersB())));
    source(cells, model.provenance());
    cells.add(estimate(model));
    given(cells, OwnValue.Kind.MODEL, model.id());
    return Entry.of(model.id(), model.name() + aliases(model.aliases()), own.isOwn(model), cells);
  }

  private static String aliases(List<String> aliases) {
    return aliases.isEmpty() ? "" : "; also " + String.join(", ", aliases);
  }

  private static Cell estimate(Model model) {
    return Stream.of(Job.Kind.values())
        .filter(each -> each.modality() == model.modality())
        .findFirst()
        .map(each ->
            plain("Estimate")
                .linked(
                    Fields.link("/calculator")
                        .with("kind", each.label())
                        .with("model", model.id())
                        .toString()))
        .orElse(plain(""));
  }

  private Entry dataCentre(Site.OwnDataCentre centre) {
    List<Cell> cells = new ArrayList<>();
    cells.add(plain(""));
    cells.add(plain(Figures.rounded(centre.pue())));
    cells.add(plain(Figures.rounded(centre.wueLPerKwh())));
    cells.add(plain("your own factors"));
    cells.add(plain(""));
    cells.add(explained(centre.name()));
    if (mayGive()) {
      cells.add(plain(""));
    }
    return Entry.of(centre.name(), "data centre on the grid of " + centre.zone(), true, cells);
  }

  private Entry region(CloudRegion region) {
    List<Cell> cells = new ArrayList<>();
    cells.add(plain(grams(catalogue.zone(region.zone(), Fallback.ALLOW))));
    cells.add(plain(Figures.rounded(region.pue())));
    cells.add(plain(Figures.rounded(region.wueLPerKwh())));
    source(cells, region.provenance());
    cells.add(explained(region.id()));
    given(cells, OwnValue.Kind.REGION, region.id());
    return Entry.of(
        region.id(),
        region.name() + ", " + region.city() + "; grid " + region.zone(),
        own.isOwn(region),
        cells);
  }

  private Entry zone(GridZone zone) {
    List<Cell> cells = new ArrayList<>();
    Factor factor = catalogue.grid(zone).locationBased(OptionalInt.empty());
    cells.add(plain(grams(zone)));
    cells.add(plain(""));
    cells.add(plain(""));
    source(cells, factor.provenance());
    cells.add(explained(zone.id()));
    given(cells, OwnValue.Kind.ZONE, zone.id());
    return Entry.of(
        zone.id(), zone.name() + "; " + zone.kind(), own.isOwnZone(catalogue, zone), cells);
  }

  private String grams(GridZone zone) {
    return Figures.rounded(
        GRAMS * catalogue.grid(zone).locationBased(OptionalInt.empty()).median());
  }

  private static Cell explained(String place) {
    return plain("Derive")
        .linked(
            Fields.link("/trace")
                .with("of", "job")
                .with("kind", "text")
                .with("model", "gpt-4o")
                .with("place", place)
                .toString());
  }

  private Entry device(Accelerator device) {
    List<Cell> cells = new ArrayList<>();
    cells.add(plain(device.kind().label()));
    cells.add(plain(Figures.rounded(device.thermalDesignPowerW())));
    cells.add(plain(Figures.rounded(device.memoryGb())));
    cells.add(plain(Figures.rounded(device.embodiedKg())));
    source(cells, device.provenance());
    return Entry.of(
        device.id(), device.name() + aliases(device.aliases()), own.isOwn(device), cells);
  }

  private Entry constant(Factor constant) {
    List<Cell> cells = new ArrayList<>();
    boolean isExact = constant.scatter().isExact();
    cells.add(
        new Cell(
            TracePage.value(constant.median()),
            isExact
                ? ""
                : TracePage.value(constant.scatter().low())
                    + " to "
                    + TracePage.value(constant.scatter().high())));
    cells.add(plain(constant.unit()));
    source(cells, constant.provenance());
    given(cells, OwnValue.Kind.CONSTANT, constant.id());
    return Entry.of(constant.id(), constant.meaning(), own.isOwn(constant), cells);
  }

  private static void source(List<Cell> cells, Provenance provenance) {
    cells.add(plain(provenance.source() + ", " + provenance.year()));
    cells.add(plain(provenance.tier().label() + "; " + provenance.licence()));
  }

  private static Cell plain(String text) {
    return TextTable.plain(text);
  }

  private static String range(Range range) {
    String low = Figures.rounded(range.low());
    return range.low() == range.high() ? low : low + " to " + Figures.rounded(range.high());
  }

  private List<Head> heads() {
    List<Head> heads = new ArrayList<>(headsOfKind());
    if (mayGive() && kind != Kind.DEVICES) {
      heads.add(Head.words("Own value"));
    }
    return heads;
  }

  private List<Head> headsOfKind() {
    Head source = Head.words("Source");
    Head known = Head.words("Known as");
    return switch (kind) {
      case MODELS ->
          List.of(
              Head.words("Model"),
              Head.words("Makes"),
              Head.number("Parameters", "10⁹"),
              Head.number("Active", "10⁹"),
              source,
              known,
              Head.words("Use"));
      case PLACES ->
          List.of(
              Head.words("Place"),
              Head.number("Grid", "g CO2e/kWh"),
              Head.number("PUE", ""),
              Head.number("WUE", "L/kWh"),
              source,
              known,
              Head.words("Use"));
      case DEVICES ->
          List.of(
              Head.words("Device"),
              Head.words("Class"),
              Head.number("Power", "W"),
              Head.number("Memory", "GB"),
              Head.number("Making", "kg CO2e"),
              source,
              known);
      case CONSTANTS ->
          List.of(
              Head.words("Constant"), Head.number("Value", ""), Head.words("Unit"), source, known);
    };
  }

  @Override
  public String template() {
    return "factors.jte";
  }

  @Override
  public String title() {
    return "Factors";
  }

  @Override
  public Room room() {
    return Room.FACTORS;
  }

  List<Kind> kinds() {
    return List.of(Kind.values());
  }

  boolean isChosen(Kind each) {
    return each == kind;
  }

  String chosenKind() {
    return kind.field();
  }

  String kindLink(Kind each) {
    return link(each, 0);
  }

  private String link(Kind of, int from) {
    Fields.Link link = Fields.link("/factors").with("kind", of.field()).with("q", searched());
    visit.fields().text("own").ifPresent(only -> link.with("own", only));
    return (from > 0 ? link.with("first", from) : link).toString();
  }

  String searched() {
    return visit.fields().text("q").orElse("");
  }

  boolean isOwnOnly() {
    return visit.fields().text("own").isPresent();
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  String table() {
    List<Row> shown =
        found.subList(first, Math.min(found.size(), first + PAGE_ROWS)).stream()
            .map(Entry::row)
            .toList();
    return PageParts.table(
        new TextTable(
            String.format(
                Locale.ROOT,
                "%s %d to %d of %,d",
                kind.label(),
                first + 1,
                first + shown.size(),
                found.size()),
            heads(),
            shown));
  }

  /** To the rows before those shown; empty if there are none. */
  String before() {
    return first > 0 ? link(kind, Math.max(0, first - PAGE_ROWS)) : "";
  }

  /** To the rows after those shown; empty if there are none. */
  String after() {
    return first + PAGE_ROWS < found.size() ? link(kind, first + PAGE_ROWS) : "";
  }

  /** Where a value of one's own is given; empty if nobody wants to. */
  Optional<OwnValueForm> form() {
    return form;
  }

  /**
   * What somebody said of a factor.
   *
   * @param subject as the values name it themselves
   * @param values oldest first
   */
  record OwnRow(OwnValue.Kind of, String subject, List<OwnValues.Given> values) {}

  /** Factors of which somebody gave values; none for those whom that is no business of. */
  List<OwnRow> given() {
    if (!visit.caller().seesOperation()) {
      return List.of();
    }
    Map<String, OwnRow> rows = new LinkedHashMap<>();
    for (OwnValues.Given each : visit.organisation().ownValues().all()) {
      OwnValue value = each.value();
      rows.computeIfAbsent(
              value.kind().label() + " " + value.subject(),
              name -> new OwnRow(value.kind(), value.subject(), new ArrayList<>()))
          .values()
          .add(each);
    }
    return List.copyOf(rows.values());
  }

  /** What a value says, and whether it does not count. */
  String words(OwnValues.Given given) {
    return given.value().inWords()
        + (visit.organisation().ownValues().isIdle(given)
            ? " (not in force: it does not fit the factors of this server)"
            : "");
  }

  String day(OwnValues.Given given) {
    return Moments.day(given.at());
  }

  /** Whether they may take values back, and price anew by those that hold. */
  boolean mayForget() {
    return mayGive();
  }

  /** The file of own factors that says so. */
  String ownFile() {
    return visit.organisation().ownValues().factors().toString();
  }

  /** Whether there is something that other factors priced. */
  boolean hasOldPrices() {
    if (!mayGive()) {
      return false;
    }
    Ledger.Snapshot snapshot = visit.ledger().snapshot();
    int repriced = RollupFiles.lastRepricing(snapshot);
    return snapshot.runs().stream()
        .filter(run -> run.batch() >= repriced)
        .anyMatch(run -> !run.factorSet().equals(catalogue.factorSet()));
  }

  String factorSet() {
    return catalogue.factorSet();
  }
}
