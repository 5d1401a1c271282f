package io.gtrace.report;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.simulation.study.Study;
import io.gtrace.simulation.study.StudyOutcome;
import io.gtrace.simulation.study.StudyOutcome.ScenarioOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/**
 * The same wave made of something else, such as videos in place of images: for one output, for one
 * person and as a whole. What lies a thousandfold apart is compared, not told as avoided.
 */
final class StudySideBySide implements StudySection {
  private final List<Form> forms = new ArrayList<>();

  /** The wave made of one thing; the first form is the study as it stands. */
  private record Form(String name, StudyWords words, StudyOutcome.Figures figures) {
    Footprint ofOnePerson() {
      double each = figures.outputs().median() / Math.max(1, figures.adopters().median());
      return figures.ofOneOutput().times(each);
    }
  }

  StudySideBySide(StudyOutcome outcome) {
    StudyWords asItStands = StudyWords.of(outcome.study());
    forms.add(new Form("As " + asItStands.many(), asItStands, outcome.figures()));
    Map<String, StudyWords> others = otherForms(outcome.study());
    for (ScenarioOutcome scenario : outcome.scenarios()) {
      StudyWords words = others.get(scenario.id());
      if (words != null) {
        forms.add(new Form(scenario.title(), words, scenario.figures()));
      }
    }
  }

  /** What is made in those scenarios of a study that make something else, by their ids. */
  static Map<String, StudyWords> otherForms(Study study) {
    Map<String, StudyWords> others = new HashMap<>();
    for (Study.Scenario scenario : study.scenarios()) {
      if (!scenario.study().modality().equals(study.modality())) {
        others.put(scenario.id(), StudyWords.of(scenario.study()));
      }
    }
    return others;
  }

  boolean isEmpty() {
    return forms.size() < 2;
  }

  private List<Form> others() {
    return forms.subList(1, forms.size());
  }

  /** Energy of a form over that of the study, draw by draw, so that what both share cancels. */
  private Quantity times(Form form) {
    return energyOf(form).over(energyOf(forms.get(0))).quantity();
  }

  private static Drawn energyOf(Form form) {
    return Drawn.of(form.figures().counted(), Impact.ENERGY_KWH);
  }

  @Override
  public Content content() {
    String compared =
        others().stream()
            .map(form -> "\u201c" + form.name() + "\u201d " + inWords(times(form)))
            .collect(Collectors.joining(", "));
    return new Content(
        "side-by-side",
        "The same wave made of something else",
        List.of(
            "The same people with the same luck. Made of something else, the wave takes so many"
                + " times the energy that it takes with "
                + forms.get(0).words().many()
                + ": "
                + compared
                + "."),
        List.of(
            new Picture(
                "side-by-side",
                "Energy of one and of all, on a scale of powers of ten; whiskers: 90 % interval",
                "Energy of one output and of all, form by form, on a logarithmic scale. The table"
                    + " below holds the figures.")),
        List.of(table()));
  }

  private static String inWords(Quantity times) {
    return Figures.rounded(times.median())
        + " ("
        + Figures.rounded(times.low())
        + " to "
        + Figures.rounded(times.high())
        + ")";
  }

  private TextTable table() {
    return new TextTable(
        "Forms of the wave: for one output, for all that one person made, and for all; below each"
            + " figure its 90\u00a0% interval",
        List.of(
            TextTable.Head.words("Wave"),
            TextTable.Head.number("Energy", "of one output"),
            TextTable.Head.number("Carbon", "of one output"),
            TextTable.Head.number("Energy", "of one person"),
            TextTable.Head.number("Energy", "of the wave"),
            TextTable.Head.number("Carbon", "of the wave"),
            TextTable.Head.number("Water", "of the wave")),
        forms.stream().map(StudySideBySide::row).toList());
  }

  private static TextTable.Row row(Form form) {
    Footprint one = form.figures().ofOneOutput();
    Footprint all = form.figures().counted();
    return new TextTable.Row(
        form.name(),
        Figures.amount(form.figures().countedOutputs().median()) + " " + form.words().many(),
        List.of(
            StudyLadder.figure(Impact.ENERGY_KWH, one),
            StudyLadder.figure(Impact.CARBON_KG, one),
            StudyLadder.figure(Impact.ENERGY_KWH, form.ofOnePerson()),
            StudyLadder.figure(Impact.ENERGY_KWH, all),
            StudyLadder.figure(Impact.CARBON_KG, all),
            StudyLadder.figure(Impact.WATER_L, all)));
  }

  @Override
  public void write(JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("id", "side-by-side");
    json.writeStringProperty("kind", "ladder");
    json.writeArrayPropertyStart("rungs");
    for (Form form : forms) {
      StudyLadder.writeRung(
          json, "One " + form.words().one(), form.figures().ofOneOutput().energyKwh());
    }
    for (Form form : forms) {
      StudyLadder.writeRung(
          json, "All " + form.words().many(), form.figures().counted().energyKwh());
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
