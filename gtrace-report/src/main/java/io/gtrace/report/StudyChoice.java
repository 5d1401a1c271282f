package io.gtrace.report;

import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.simulation.study.LocalChoice;
import io.gtrace.simulation.study.LocalChoice.InCountry;
import io.gtrace.simulation.study.StudyOutcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import tools.jackson.core.JsonGenerator;

/** Who should run where: each device beside each service, country by country. */
final class StudyChoice implements StudySection {
  private static final int SHOWN = 15;
  private static final double EVEN = 0.5;
  private static final double WORTH_A_MAP = 0.2;
  private static final double GRAMS = 1e-3;

  private final StudyWords words;
  private final List<LocalChoice> all;

  /** Those in which the service runs its own model: what people can choose. */
  private final List<LocalChoice> open;

  private final List<Likelihood> maps;

  /**
   * A map of a probability.
   *
   * @param probability of what it shows in a country
   */
  private record Likelihood(
      String id, String caption, LocalChoice choice, ToDoubleFunction<InCountry> probability) {
    long likely() {
      return choice.countries().stream()
          .filter(each -> probability.applyAsDouble(each) > EVEN)
          .count();
    }

    /** Whether countries differ enough for a map to tell something. */
    boolean differs() {
      DoubleSummaryStatistics all =
          choice.countries().stream().mapToDouble(probability).summaryStatistics();
      return all.getMax() - all.getMin() > WORTH_A_MAP;
    }

    Picture picture() {
      return new Picture(
          id,
          caption,
          "Map of the world. "
              + caption
              + ". Likely in "
              + likely()
              + " of "
              + choice.countries().size()
              + " countries. The tables hold the figures.");
    }
  }

  StudyChoice(StudyOutcome outcome) {
    words = StudyWords.of(outcome.study());
    all = outcome.localChoices();
    open =
        all.stream()
            .filter(
                each -> !each.sameModel() || all.stream().noneMatch(other -> isBeside(other, each)))
            .toList();
    maps = all.stream().map(this::map).filter(Likelihood::differs).toList();
  }

  private Likelihood map(LocalChoice choice) {
    String id = "choice-" + all.indexOf(choice);
    String device = choice.device() + " with " + choice.deviceModel();
    return open.contains(choice)
        ? new Likelihood(
            id,
            device
                + " beside "
                + choice.service()
                + ", "
                + choice.serviceModel()
                + ": probability that local causes less carbon, everything counted",
            choice,
            InCountry::localWins)
        : new Likelihood(
            id,
            device
                + " beside the same model in the data centre: probability that local causes less"
                + " carbon from electricity (the law alone)",
            choice,
            InCountry::lawHolds);
  }

  private static boolean isBeside(LocalChoice other, LocalChoice each) {
    return other.device().equals(each.device())
        && other.service().equals(each.service())
        && !other.sameModel();
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  @Override
  public Content content() {
    String law =
        "A device of one\u2019s own draws from its user\u2019s grid; a data centre draws PUE times as"
            + " much as its machines do, from its own. With k for the energy of one "
            + words.one()
            + " at the device over that of the machines in the data centre, local inference"
            + " causes less carbon from electricity where k \u00d7 user\u2019s grid is below PUE \u00d7"
            + " grid of the data centre. Standby is part of k; the making of the device, and the"
            + " network that local inference spares, come on top.";
    String reading =
        "Over the draws of what is uncertain, this is more or less likely; a map shows it where"
            + " countries differ. Errors that both sides share cancel. One "
            + words.one()
            + " each, by the rate card at usual load, in the mean of the year.";
    return new Content(
        "choice",
        "Who should run where",
        List.of(law, reading),
        maps.stream().map(Likelihood::picture).toList(),
        List.of(pairs(), likelihoods(), amounts()));
  }

  private TextTable pairs() {
    return new TextTable(
        "Devices beside what runs in the data centre: its own model, and for the plain law the"
            + " device\u2019s. Below each figure: its 90\u00a0% interval",
        List.of(
            TextTable.Head.words("Device"),
            TextTable.Head.number("k", "energy ratio"),
            TextTable.Head.number("PUE \u00d7 grid", "g/kWh"),
            TextTable.Head.number("Standby", "of energy"),
            TextTable.Head.number("Wear", "g"),
            TextTable.Head.number("Break-even", "grid, g/kWh"),
            TextTable.Head.number("Local wins", "countries")),
        all.stream().map(this::pair).toList());
  }

  private TextTable.Row pair(LocalChoice choice) {
    return new TextTable.Row(
        choice.device(),
        choice.deviceModel()
            + " beside "
            + (choice.sameModel() ? "the same at " : choice.serviceModel() + " at ")
            + choice.service(),
        List.of(
            cell(choice.energyRatio(), 1),
            cell(choice.serviceKgPerKwh(), GRAMS),
            TextTable.plain(Figures.percent(choice.standbyShare()) + " %"),
            cell(choice.embodiedKg(), GRAMS),
            choice.breakEvenKgPerKwh().median() < 0
                ? new LineTable.Cell("none", "wear is more")
                : cell(choice.breakEvenKgPerKwh(), GRAMS),
            new LineTable.Cell(
                likely(choice, InCountry::localWins),
                "law " + likely(choice, InCountry::lawHolds))));
  }

  private static String likely(LocalChoice choice, ToDoubleFunction<InCountry> probability) {
    return new Likelihood("", "", choice, probability).likely()
        + " of "
        + choice.countries().size();
  }

  private static LineTable.Cell cell(Quantity quantity, double size) {
    return new LineTable.Cell(
        signed(Figures.rounded(quantity.median() / size)),
        signed(
            Figures.rounded(quantity.low() / size)
                + " to "
                + Figures.rounded(quantity.high() / size)));
  }

  private static String signed(String figure) {
    return figure.replace('-', '\u2212');
  }

  private TextTable likelihoods() {
    return byCountry(
        "Probability that local inference causes less carbon, everything counted; below: by the law"
            + " alone",
        here ->
            new LineTable.Cell(
                Figures.percent(here.localWins()) + " %",
                "law " + Figures.percent(here.lawHolds()) + " %"));
  }

  private TextTable amounts() {
    return byCountry(
        "Carbon avoided if all "
            + words.many()
            + " of the country moved, in proportion if a part; below each figure: its 90\u00a0%"
            + " interval; below zero: more",
        here -> {
          AccountPage.Tile tile =
              AccountPage.tile("", "", Impact.CARBON_KG, here.avoidedKgIfMoved());
          return new LineTable.Cell(signed(tile.measured()), signed(tile.range()));
        });
  }

  /** The countries with the most outputs, and something of each device there. */
  private TextTable byCountry(String caption, Function<InCountry, LineTable.Cell> cell) {
    List<TextTable.Head> heads = new ArrayList<>();
    heads.add(TextTable.Head.words("Country"));
    heads.add(TextTable.Head.number(words.manyAsTitle(), ""));
    heads.add(TextTable.Head.number("Grid", "g/kWh"));
    open.forEach(choice -> heads.add(TextTable.Head.number(choice.device(), choice.service())));
    return new TextTable(
        caption,
        heads,
        open.get(0).countries().stream()
            .sorted(Comparator.comparingDouble((InCountry each) -> -each.outputs()))
            .limit(SHOWN)
            .map(country -> row(country, cell))
            .toList());
  }

  private TextTable.Row row(InCountry country, Function<InCountry, LineTable.Cell> cell) {
    List<LineTable.Cell> cells = new ArrayList<>();
    cells.add(TextTable.plain(Figures.amount(country.outputs())));
    cells.add(cell(country.gridKgPerKwh(), GRAMS));
    for (LocalChoice choice : open) {
      choice.countries().stream()
          .filter(each -> each.id().equals(country.id()))
          .map(cell)
          .forEach(cells::add);
    }
    return new TextTable.Row(country.name(), "", cells);
  }

  @Override
  public void write(JsonGenerator json) {
    for (Likelihood map : maps) {
      json.writeStartObject();
      json.writeStringProperty("id", map.id());
      json.writeStringProperty("kind", "choice");
      json.writeArrayPropertyStart("countries");
      for (InCountry country : map.choice().countries()) {
        json.writeStartObject();
        json.writeStringProperty("id", country.id());
        json.writeStringProperty("name", country.name());
        json.writeNumberProperty(
            "wins", StudyWords.drawn(100 * map.probability().applyAsDouble(country)));
        json.writeNumberProperty("grid", StudyWords.drawn(country.gridKgPerKwh().median() / GRAMS));
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }
}
