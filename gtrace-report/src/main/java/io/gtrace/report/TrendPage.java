package io.gtrace.report;

import io.gtrace.footprint.Quantity;
import io.gtrace.ledger.trend.FittedSignal;
import io.gtrace.ledger.trend.RegionalInterest;
import io.gtrace.ledger.trend.TimeGrid;
import io.gtrace.ledger.trend.TrendAccount;
import io.gtrace.ledger.trend.TrendEstimate;
import io.gtrace.ledger.trend.TrendFindings;
import io.gtrace.ledger.trend.TrendFindings.Pace;
import io.gtrace.uncertainty.Scatter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import tools.jackson.core.JsonGenerator;

/**
 * A trend as one self-contained page: the volume with its interval, the signals beneath, and all
 * figures as tables.
 */
public final class TrendPage extends ChartPage {
  private static final int REGIONS_LISTED = 20;
  private static final PageText SCRIPT = PageText.script("trend.js");

  private final TrendAccount account;
  private final TrendEstimate estimate;
  private final TrendFindings findings;

  private TrendPage(TrendAccount account, Instant generatedAt) {
    super(SCRIPT, generatedAt);
    this.account = account;
    estimate = account.estimate();
    findings = estimate.findings();
  }

  /** The page. */
  public static String html(TrendAccount account, Instant generatedAt) {
    return new TrendPage(account, generatedAt).rendered("trend.jte");
  }

  /** A figure, its name, and what is to be said beside it. */
  record Figure(String name, String value, String remark) {}

  record SignalLine(String name, String kind, String source, String noise, String drift) {}

  record AnchorLine(String time, String stated, String estimated, String source) {}

  record RegionLine(String name, String index) {}

  record RegionTable(String name, List<RegionLine> lines) {}

  String title() {
    return "Trend: " + estimate.unit();
  }

  String summary() {
    TimeGrid grid = estimate.grid();
    String time =
        TrendRows.moment(grid.start(), false) + " to " + TrendRows.moment(grid.end(), false);
    return (estimate.isAbsolute()
            ? Figures.amount(estimate.total()) + " " + estimate.unit() + " from "
            : "Interest without a scale, from ")
        + time
        + " (UTC). In brackets: the interval that holds the true value with probability 0.9.";
  }

  String step() {
    return estimate.grid().step().label();
  }

  String unit() {
    return estimate.unit();
  }

  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    boolean hours = estimate.grid().step() == TimeGrid.Step.HOUR;
    if (estimate.isAbsolute()) {
      figures.add(new Figure("In all", Figures.amount(estimate.total()), estimate.unit()));
    }
    figures.add(
        new Figure(
            "Peak",
            TrendRows.moment(findings.peak().at(), hours),
            String.format(
                Locale.ROOT,
                "the largest with probability %.2f; %s",
                findings.peak().probability(),
                Figures.amount(findings.peak().volume()))));
    findings.growth().ifPresent(pace -> figures.add(pace("Rise", pace)));
    findings.decay().ifPresent(pace -> figures.add(pace("Fall", pace)));
    account
        .footprint()
        .ifPresent(each -> {
          figures.add(new Figure("Outputs", Figures.amount(each.outputs()), each.model()));
          figures.add(
              new Figure("Energy", Figures.energy(each.footprint().energyKwh()), each.site()));
          figures.add(
              new Figure("Carbon", Figures.carbon(each.footprint().carbonKg()), each.site()));
          figures.add(new Figure("Water", Figures.water(each.footprint().waterL()), each.site()));
        });
    return figures;
  }

  private static Figure pace(String name, Pace pace) {
    return new Figure(
        name,
        (pace.rate().median() >= 0 ? "doubles in " : "halves in ") + Figures.days(pace.days()),
        TrendRows.moment(pace.from(), false) + " to " + TrendRows.moment(pace.until(), false));
  }

  List<TrendRows.Row> rows() {
    return TrendRows.of(estimate);
  }

  String rowStep() {
    return TrendRows.step(estimate);
  }

  String amount(Quantity quantity) {
    return Figures.amount(quantity);
  }

  String alternative() {
    return "The volume over time with its 90 % interval. Largest: "
        + TrendRows.moment(findings.peak().at(), false)
        + " with "
        + Figures.amount(findings.peak().volume())
        + ". The table below holds the figures.";
  }

  List<SignalLine> signals() {
    return estimate.signals().stream()
        .map(each ->
            new SignalLine(
                each.signal().name(),
                each.isVolume()
                    ? "the volume itself"
                    : each.signal().kind().label() + " by " + each.signal().granularity().label(),
                each.signal().source(),
                percent(each.noise()),
                percent(each.drift())))
        .toList();
  }

  private static String percent(double logSd) {
    return String.format(Locale.ROOT, "±%.0f %%", 100 * Math.expm1(logSd));
  }

  List<AnchorLine> anchors() {
    return estimate.anchors().stream()
        .map(each -> {
          Scatter amount = each.anchor().amount();
          return new AnchorLine(
              TrendRows.moment(each.anchor().from(), true)
                  + " to "
                  + TrendRows.moment(each.anchor().until(), true),
              Figures.amount(new Quantity(amount.median(), amount.low(), amount.high())),
              Figures.amount(each.estimated()),
              each.anchor().source());
        })
        .toList();
  }

  List<RegionTable> regions() {
    return account.regional().stream()
        .map(each ->
            new RegionTable(
                each.name(),
                each.regions().stream()
                    .sorted(
                        Comparator.comparingDouble(
                            (RegionalInterest.Region region) -> -region.index().value()))
                    .limit(REGIONS_LISTED)
                    .map(region ->
                        new RegionLine(region.name(), Figures.rounded(region.index().value())))
                    .toList()))
        .toList();
  }

  List<String> notes() {
    return account.notes();
  }

  /** The series of the charts, safe inside of a script element. */
  String data() {
    return ScriptJson.of(json -> {
      json.writeStartObject();
      json.writeStringProperty("unit", estimate.unit());
      json.writeArrayPropertyStart("names");
      boolean hours = estimate.grid().step() == TimeGrid.Step.HOUR;
      for (int c = 0; c < estimate.grid().cells(); c++) {
        json.writeString(TrendRows.moment(estimate.grid().start(c), hours));
      }
      json.writeEndArray();
      volumes(json);
      json.writeArrayPropertyStart("signals");
      estimate.signals().forEach(each -> signal(json, each));
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  private void volumes(JsonGenerator json) {
    List<Quantity> volumes = new ArrayList<>();
    for (int c = 0; c < estimate.grid().cells(); c++) {
      volumes.add(estimate.volume(c));
    }
    json.writeArrayPropertyStart("median");
    volumes.forEach(each -> json.writeNumber(each.median()));
    json.writeEndArray();
    json.writeArrayPropertyStart("low");
    volumes.forEach(each -> json.writeNumber(each.low()));
    json.writeEndArray();
    json.writeArrayPropertyStart("high");
    volumes.forEach(each -> json.writeNumber(each.high()));
    json.writeEndArray();
    json.writeArrayPropertyStart("coverage");
    estimate.coverage().forEach(each -> json.writeString(each.label()));
    json.writeEndArray();
  }

  private static void signal(JsonGenerator json, FittedSignal each) {
    double largest =
        each.byCell().stream()
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .max()
            .orElse(1);
    json.writeStartObject();
    json.writeStringProperty("name", each.signal().name());
    json.writeArrayPropertyStart("share");
    for (OptionalDouble value : each.byCell()) {
      if (value.isPresent() && largest > 0) {
        json.writeNumber(100 * value.getAsDouble() / largest);
      } else {
        json.writeNull();
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
