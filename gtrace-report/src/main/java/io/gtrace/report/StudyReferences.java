package io.gtrace.report;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.simulation.study.Study.Reference;
import io.gtrace.simulation.study.StudyOutcome;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/** Published totals beside what came out: where they lie, and what would give exactly them. */
final class StudyReferences implements StudySection {
  private static final double KWH_PER_MWH = 1e3;
  private static final double KG_PER_T = 1e3;
  private static final double WH_PER_KWH = 1e3;
  private static final double ALMOST_NONE = 0.01;

  /** A logarithm of one interval over that of another above which the first rules. */
  private static final double DOMINANT = 1.3;

  /** What is as good as known spans no less. */
  private static final double SURE = 1.001;

  private static final List<Double> ROUND_WH = List.of(0.5, 1.0, 3.0, 10.0);

  private final StudyWords words;
  private final StudyOutcome.Figures figures;
  private final Footprint counted;
  private final boolean single;
  private final List<Published> published;

  /** A reference in the units of footprints. */
  private record Published(
      String id, OptionalDouble energyKwh, OptionalDouble carbonKg, String source) {
    static Published of(Reference reference) {
      return new Published(
          reference.id(),
          times(reference.energyMwh(), KWH_PER_MWH),
          times(reference.carbonT(), KG_PER_T),
          reference.source());
    }

    private static OptionalDouble times(OptionalDouble value, double factor) {
      return value.isPresent() ? OptionalDouble.of(value.getAsDouble() * factor) : value;
    }

    OptionalDouble of(Impact impact) {
      return impact == Impact.ENERGY_KWH ? energyKwh : carbonKg;
    }
  }

  StudyReferences(StudyOutcome outcome) {
    words = StudyWords.of(outcome.study());
    figures = outcome.figures();
    counted = figures.counted();
    single = outcome.runs() == 1;
    published =
        outcome.study().references().stream()
            .map(Published::of)
            .filter(of -> of.energyKwh().isPresent() || of.carbonKg().isPresent())
            .toList();
  }

  boolean isEmpty() {
    return published.isEmpty();
  }

  @Override
  public Content content() {
    List<String> paragraphs = new ArrayList<>();
    List<Picture> pictures = new ArrayList<>();
    List<TextTable> tables = new ArrayList<>();
    for (Published reference : published) {
      paragraphs.addAll(findings(reference));
      tables.add(comparison(reference));
      if (reference.energyKwh().isPresent()) {
        tables.add(pairs(reference, reference.energyKwh().getAsDouble()));
      }
    }
    for (Impact impact : List.of(Impact.ENERGY_KWH, Impact.CARBON_KG)) {
      if (published.stream().anyMatch(of -> of.of(impact).isPresent())) {
        pictures.add(distribution(impact));
      }
    }
    if (published.stream().anyMatch(of -> of.energyKwh().isPresent())) {
      pictures.add(
          new Picture(
              "pairs",
              "Every pair on the line gives the published energy. Cross: this study with its 90 %"
                  + " intervals",
              "Energy of one "
                  + words.one()
                  + " against the number of "
                  + words.many()
                  + ", with the line of all pairs that give the published energy. This study: "
                  + Figures.amount(figures.countedOutputs())
                  + " at "
                  + Figures.in(Unit.WATT_HOUR, figures.ofOneOutput().energyKwh())
                  + " each. The table below holds pairs."));
    }
    return new Content("references", "Beside what was published", paragraphs, pictures, tables);
  }

  private List<String> findings(Published reference) {
    List<String> findings = new ArrayList<>();
    findings.add("The published figures (" + reference.id() + "): " + reference.source() + ".");
    StringBuilder place = new StringBuilder();
    reference
        .energyKwh()
        .ifPresent(kwh -> place.append("Its energy, ").append(place(Impact.ENERGY_KWH, kwh)));
    reference
        .carbonKg()
        .ifPresent(kg ->
            place
                .append(place.length() == 0 ? "Its carbon, " : " Its carbon, ")
                .append(place(Impact.CARBON_KG, kg)));
    findings.add(place.toString());
    reference
        .energyKwh()
        .ifPresent(kwh -> {
          findings.add(apart(kwh));
          findings.add(dominant());
        });
    return findings;
  }

  /** Where a published figure lies among the draws. */
  private String place(Impact impact, double value) {
    double below = shareBelow(impact, value);
    double ours = counted.median(impact);
    return published(impact, value)
        + ", is "
        + ratio(value, ours)
        + (single
            ? " our figure of "
                + figure(impact, ours)
                + " with everything at its median (half of our draws lie above "
                + figure(impact, middle(impact))
                + ")"
            : " our median of " + figure(impact, ours))
        + " and lies above "
        + share(below)
        + " of our draws.";
  }

  /** What most of the difference is likely to come of: what this study is least sure of. */
  private String dominant() {
    String each = "the energy of one " + words.one();
    String number = "the number of " + words.many();
    double eachSpans = span(figures.ofOneOutput().energyKwh());
    double numberSpans = span(figures.countedOutputs());
    double apart = Math.log(eachSpans) / Math.log(numberSpans);
    return "Our 90\u00a0% interval spans a factor of "
        + Figures.roughly(eachSpans)
        + " for "
        + each
        + " and of "
        + Figures.roughly(numberSpans)
        + " for "
        + number
        + ": "
        + (apart > DOMINANT
            ? each + " is what most likely dominates the difference."
            : apart < 1 / DOMINANT
                ? number + " is what most likely dominates the difference."
                : "the difference may come of either.");
  }

  private static double span(Quantity quantity) {
    return quantity.low() > 0 ? Math.max(SURE, quantity.high() / quantity.low()) : SURE;
  }

  /**
   * The median of the draws: a figure with everything at its median lies lower, as sums are skew.
   */
  private double middle(Impact impact) {
    double[] draws = counted.draws(impact);
    Arrays.sort(draws);
    return (draws[(draws.length - 1) / 2] + draws[draws.length / 2]) / 2;
  }

  private static String share(double below) {
    if (below <= 0 || below >= 1) {
      return below <= 0 ? "none" : "all";
    }
    if (below < ALMOST_NONE || below > 1 - ALMOST_NONE) {
      return below < ALMOST_NONE ? "less than 1 %" : "more than 99 %";
    }
    return Figures.percent(below) + " %";
  }

  /** As it was published: not rounded, megawatt-hours or tonnes. */
  private static String published(Impact impact, double value) {
    boolean energy = impact == Impact.ENERGY_KWH;
    BigDecimal number =
        new BigDecimal(value / (energy ? KWH_PER_MWH : KG_PER_T))
            .round(MathContext.DECIMAL32)
            .stripTrailingZeros();
    return String.format(Locale.ROOT, "%,." + Math.max(0, number.scale()) + "f", number)
        + (energy ? " MWh" : " t CO2e");
  }

  private static String ratio(double value, double median) {
    return median > 0 ? Figures.roughly(value / median) + " times" : "beside";
  }

  private double shareBelow(Impact impact, double value) {
    return Drawn.of(counted, impact).shareBelow(value);
  }

  private String apart(double kwh) {
    double count = figures.countedOutputs().median();
    double each = figures.ofOneOutput().median(Impact.ENERGY_KWH);
    return "A total alone does not tell the number of "
        + words.many()
        + " and the energy of one apart. At our energy of one "
        + words.one()
        + " it takes "
        + Figures.amount(kwh / each)
        + " "
        + words.many()
        + " to give exactly the published energy; at our number of "
        + words.many()
        + " it takes "
        + wattHours(kwh / count)
        + " for each.";
  }

  private static String figure(Impact impact, double value) {
    Unit unit = Unit.of(impact, value);
    return Figures.rounded(value / unit.size()) + " " + unit.symbol();
  }

  private static String wattHours(double kwh) {
    return Figures.rounded(kwh / Unit.WATT_HOUR.size()) + " Wh";
  }

  private TextTable comparison(Published reference) {
    List<TextTable.Row> rows = new ArrayList<>();
    reference.energyKwh().ifPresent(kwh -> rows.add(row("Energy", Impact.ENERGY_KWH, kwh)));
    reference.carbonKg().ifPresent(kg -> rows.add(row("Carbon", Impact.CARBON_KG, kg)));
    if (reference.energyKwh().isPresent() && reference.carbonKg().isPresent()) {
      rows.add(ofAKwh(reference.carbonKg().getAsDouble() / reference.energyKwh().getAsDouble()));
    }
    return new TextTable(
        "Published (" + reference.id() + ") and this study; below ours: its 90\u00a0% interval",
        List.of(
            TextTable.Head.words("Figure"),
            TextTable.Head.number("Published", ""),
            TextTable.Head.number("This study", ""),
            TextTable.Head.number("Ratio", "published to ours"),
            TextTable.Head.number("Draws below", "the published")),
        rows);
  }

  private TextTable.Row row(String name, Impact impact, double value) {
    AccountPage.Tile ours =
        AccountPage.tile(name, "", impact, counted.quantity(impact).orElse(Quantity.ZERO));
    return new TextTable.Row(
        name,
        "",
        List.of(
            TextTable.plain(published(impact, value)),
            new LineTable.Cell(ours.measured(), ours.range()),
            TextTable.plain(Figures.roughly(value / counted.median(impact))),
            TextTable.plain(share(shareBelow(impact, value)))));
  }

  private TextTable.Row ofAKwh(double publishedKgPerKwh) {
    double grams = 1e3;
    Drawn energy = Drawn.of(counted, Impact.ENERGY_KWH);
    Drawn carbon = Drawn.of(counted, Impact.CARBON_KG);
    Drawn ratio = carbon.over(energy);
    Quantity ours = ratio.quantity();
    return new TextTable.Row(
        "Carbon of a kWh",
        "g CO2e per kWh; ours with the hardware",
        List.of(
            TextTable.plain(Figures.rounded(publishedKgPerKwh * grams)),
            new LineTable.Cell(
                Figures.rounded(ours.median() * grams),
                Figures.rounded(ours.low() * grams)
                    + " to "
                    + Figures.rounded(ours.high() * grams)),
            TextTable.plain(Figures.roughly(publishedKgPerKwh / ours.median())),
            TextTable.plain(share(ratio.shareBelow(publishedKgPerKwh)))));
  }

  private TextTable pairs(Published reference, double kwh) {
    Quantity count = figures.countedOutputs();
    Quantity each = figures.ofOneOutput().energyKwh();
    List<TextTable.Row> rows = new ArrayList<>();
    rows.add(pair("Our energy of one " + words.one(), kwh / each.median(), each.median()));
    rows.add(pair("… the low end of its interval", kwh / each.low(), each.low()));
    rows.add(pair("… the high end", kwh / each.high(), each.high()));
    rows.add(pair("Our number of " + words.many(), count.median(), kwh / count.median()));
    if (!Figures.isExact(count)) {
      rows.add(pair("… the low end of its interval", count.low(), kwh / count.low()));
      rows.add(pair("… the high end", count.high(), kwh / count.high()));
    }
    if (StudyPage.isPart(figures)) {
      double all = figures.outputs().median();
      rows.add(pair("All " + words.many() + " of the wave", all, kwh / all));
    }
    for (double wh : ROUND_WH) {
      rows.add(
          pair("A round " + Figures.rounded(wh) + " Wh", kwh * WH_PER_KWH / wh, wh / WH_PER_KWH));
    }
    return new TextTable(
        "Pairs that give exactly "
            + published(Impact.ENERGY_KWH, kwh)
            + " ("
            + reference.id()
            + ")",
        List.of(
            TextTable.Head.words("If it is"),
            TextTable.Head.number(words.manyAsTitle(), ""),
            TextTable.Head.number("Energy of one", "")),
        rows);
  }

  private static TextTable.Row pair(String name, double count, double kwh) {
    return new TextTable.Row(
        name, "", List.of(TextTable.plain(Figures.amount(count)), TextTable.plain(wattHours(kwh))));
  }

  private Picture distribution(Impact impact) {
    String name = impact == Impact.ENERGY_KWH ? "Energy" : "Carbon";
    Quantity ours = counted.quantity(impact).orElse(Quantity.ZERO);
    return new Picture(
        id(impact),
        name
            + " of what is counted in "
            + Figures.count(counted.draws(impact).length)
            + " draws, and what was published",
        name
            + " in all draws: median "
            + figure(impact, middle(impact))
            + ", figure and interval "
            + Figures.of(impact, ours)
            + ". The published figure lies above "
            + published.stream()
                .filter(of -> of.of(impact).isPresent())
                .map(of ->
                    share(shareBelow(impact, of.of(impact).getAsDouble()))
                        + " of them ("
                        + of.id()
                        + ")")
                .collect(Collectors.joining(", "))
            + ".");
  }

  private static String id(Impact impact) {
    return impact == Impact.ENERGY_KWH ? "energy-draws" : "carbon-draws";
  }

  @Override
  public void write(JsonGenerator json) {
    for (Impact impact : List.of(Impact.ENERGY_KWH, Impact.CARBON_KG)) {
      if (published.stream().anyMatch(of -> of.of(impact).isPresent())) {
        histogram(json, impact);
      }
    }
    if (published.stream().anyMatch(of -> of.energyKwh().isPresent())) {
      pairs(json);
    }
  }

  private void histogram(JsonGenerator json, Impact impact) {
    Quantity ours = counted.quantity(impact).orElse(Quantity.ZERO);
    double middle = middle(impact);
    Unit unit = Unit.of(impact, middle);
    json.writeStartObject();
    json.writeStringProperty("id", id(impact));
    json.writeStringProperty("kind", "histogram");
    json.writeStringProperty("unit", unit.symbol());
    StudyWords.numbers(
        json,
        "draws",
        Arrays.stream(counted.draws(impact)).map(draw -> draw / unit.size()).toArray());
    StudyWords.numbers(
        json, "ours", middle / unit.size(), ours.low() / unit.size(), ours.high() / unit.size());
    json.writeArrayPropertyStart("published");
    for (Published reference : published) {
      reference
          .of(impact)
          .ifPresent(value -> {
            json.writeStartObject();
            json.writeStringProperty("name", reference.id());
            json.writeNumberProperty("value", StudyWords.drawn(value / unit.size()));
            json.writeEndObject();
          });
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void pairs(JsonGenerator json) {
    Quantity kwh = figures.ofOneOutput().energyKwh();
    json.writeStartObject();
    json.writeStringProperty("id", "pairs");
    json.writeStringProperty("kind", "pairs");
    json.writeStringProperty("countName", "number of " + words.many());
    json.writeStringProperty("energyName", "energy of one " + words.one() + ", Wh");
    json.writeArrayPropertyStart("totals");
    for (Published reference : published) {
      reference
          .energyKwh()
          .ifPresent(value -> {
            json.writeStartObject();
            json.writeStringProperty(
                "name", reference.id() + ": " + published(Impact.ENERGY_KWH, value));
            json.writeNumberProperty("wh", StudyWords.drawn(value * WH_PER_KWH));
            json.writeEndObject();
          });
    }
    json.writeEndArray();
    StudyWords.numbers(
        json, "wh", kwh.median() * WH_PER_KWH, kwh.low() * WH_PER_KWH, kwh.high() * WH_PER_KWH);
    Quantity count = figures.countedOutputs();
    StudyWords.numbers(json, "count", count.median(), count.low(), count.high());
    if (StudyPage.isPart(figures)) {
      json.writeNumberProperty("all", StudyWords.drawn(figures.outputs().median()));
    }
    json.writeEndObject();
  }
}
