package io.gtrace.report;

import io.gtrace.footprint.Impact;
import io.gtrace.simulation.study.StudyOutcome;
import io.gtrace.simulation.study.StudyOutcome.Input;
import io.gtrace.simulation.study.UncertainInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/** What the study is not sure of, and what that has to do with the carbon. */
final class StudyInputs implements StudySection {
  private static final int SHOWN = 15;
  private static final double Z975 = 1.959963984540054;

  private final StudyOutcome outcome;
  private final StudyWords words;
  private final Map<String, String> names;

  StudyInputs(StudyOutcome outcome) {
    this.outcome = outcome;
    words = StudyWords.of(outcome.study());
    names =
        outcome.study().uncertainInputs().stream()
            .collect(Collectors.toMap(UncertainInput::pointer, UncertainInput::name));
  }

  private boolean isKnown() {
    return !outcome.inputs().isEmpty();
  }

  private List<Input> drawn() {
    return outcome.inputs().stream().limit(SHOWN).toList();
  }

  private String name(Input input) {
    return switch (input.pointer()) {
      case Input.ENERGY_OF_AN_OUTPUT -> "energy of one " + words.one() + ", Wh (factors)";
      case Input.CARBON_OF_A_KWH -> "carbon of one kWh, g (factors)";
      default -> names.getOrDefault(input.pointer(), input.pointer());
    };
  }

  /** The name inside of a sentence. */
  private String spoken(Input input) {
    return switch (input.pointer()) {
      case Input.ENERGY_OF_AN_OUTPUT -> "the energy of one " + words.one();
      case Input.CARBON_OF_A_KWH -> "the carbon of one kilowatt-hour";
      default -> "\u201c" + name(input) + "\u201d";
    };
  }

  private static boolean isOfFactors(Input input) {
    return input.pointer().equals(Input.ENERGY_OF_AN_OUTPUT)
        || input.pointer().equals(Input.CARBON_OF_A_KWH);
  }

  /** The rank correlation that chance alone exceeds once in twenty times, either way. */
  private double chance() {
    return Math.min(1, Z975 / Math.sqrt(Math.max(1, outcome.runs() - 1)));
  }

  @Override
  public Content content() {
    return isKnown() ? ofEnsemble() : ofSingleRun();
  }

  private Content ofEnsemble() {
    Input first = outcome.inputs().get(0);
    String lead =
        "Nothing moves the carbon more than "
            + spoken(first)
            + ". Each bar goes from the median of the runs in which an input was in its lowest"
            + " third to that of the runs in which it was in its highest. With "
            + outcome.runs()
            + " runs, a correlation nearer to zero than "
            + Figures.roughly(chance())
            + " may be nothing but chance; such bars are pale.";
    return new Content(
        "inputs",
        "What the result hangs on",
        List.of(lead),
        List.of(
            new Picture(
                "tornado",
                "Carbon of what is counted, " + unit().symbol() + "; the line is its median",
                "Bars of carbon by uncertain input, the most telling first: "
                    + drawn().stream().limit(3).map(this::name).collect(Collectors.joining("; "))
                    + ". The table below holds the figures.")),
        List.of(
            new TextTable(
                "The uncertain inputs, the most telling first; below each value: its 90\u00a0%"
                    + " interval. Correlation: of ranks, with the carbon, \u22121 to 1",
                List.of(
                    TextTable.Head.words("Input"),
                    TextTable.Head.number("Value", ""),
                    TextTable.Head.number("Correlation", ""),
                    TextTable.Head.words("Source")),
                outcome.inputs().stream()
                    .map(input ->
                        new TextTable.Row(
                            name(input),
                            "",
                            List.of(
                                value(input),
                                TextTable.plain(signed(input.rankCorrelation())),
                                TextTable.plain(
                                    isOfFactors(input)
                                        ? "the rate card"
                                        : stated(input.source())))))
                    .toList())));
  }

  private Content ofSingleRun() {
    String how =
        "This is one run with every uncertain input at its median, so it cannot tell which of them"
            + " moves the result. Many runs can, each with other draws of the inputs: gtrace study"
            + " run "
            + outcome.study().id()
            + " --runs 100 --scale 0.001";
    return new Content(
        "inputs",
        "What the result hangs on",
        List.of(how),
        List.of(),
        outcome.study().uncertainInputs().isEmpty() ? List.of() : List.of(statedInputs()));
  }

  private TextTable statedInputs() {
    List<TextTable.Row> rows = new ArrayList<>();
    for (UncertainInput input : outcome.study().uncertainInputs()) {
      rows.add(
          new TextTable.Row(
              input.name(),
              "",
              List.of(
                  value(input.low(), input.median(), input.high()),
                  TextTable.plain(stated(input.source())))));
    }
    return new TextTable(
        "The uncertain inputs; below each value: its 90\u00a0% interval",
        List.of(
            TextTable.Head.words("Input"),
            TextTable.Head.number("Value", ""),
            TextTable.Head.words("Source")),
        rows);
  }

  private static LineTable.Cell value(Input input) {
    // Wh and g are what their names say; the outcome has kWh and kg.
    double size = isOfFactors(input) ? 1e3 : 1;
    return value(size * input.low(), size * input.median(), size * input.high());
  }

  private static LineTable.Cell value(double low, double median, double high) {
    return new LineTable.Cell(number(median), number(low) + " to " + number(high));
  }

  private static String stated(String source) {
    return source.isEmpty() ? "not stated" : source;
  }

  private static String number(double value) {
    return Figures.amount(value).replace('-', '\u2212');
  }

  private static String signed(double value) {
    return String.format(Locale.ROOT, "%+.2f", value).replace('-', '\u2212');
  }

  private Unit unit() {
    double largest =
        drawn().stream()
            .mapToDouble(input -> Math.max(input.carbonKgIfLow(), input.carbonKgIfHigh()))
            .max()
            .orElse(0);
    return Unit.of(Impact.CARBON_KG, largest);
  }

  @Override
  public void write(JsonGenerator json) {
    if (!isKnown()) {
      return;
    }
    double size = unit().size();
    json.writeStartObject();
    json.writeStringProperty("id", "tornado");
    json.writeStringProperty("kind", "tornado");
    json.writeStringProperty("unit", unit().symbol());
    json.writeNumberProperty("middle", outcome.figures().counted().median(Impact.CARBON_KG) / size);
    json.writeArrayPropertyStart("names");
    drawn().forEach(input -> json.writeString(name(input)));
    json.writeEndArray();
    StudyWords.numbers(
        json, "low", drawn().stream().mapToDouble(each -> each.carbonKgIfLow() / size).toArray());
    StudyWords.numbers(
        json, "high", drawn().stream().mapToDouble(each -> each.carbonKgIfHigh() / size).toArray());
    json.writeArrayPropertyStart("telling");
    drawn().forEach(each -> json.writeBoolean(Math.abs(each.rankCorrelation()) > chance()));
    json.writeEndArray();
    json.writeEndObject();
  }
}
