package io.gtrace.app;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.report.Figures;
import io.gtrace.simulation.study.Study;
import io.gtrace.simulation.study.StudyOutcome;
import io.gtrace.simulation.study.StudyOutcome.Group;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What came out of a study, for a terminal. */
final class StudyText {
  private static final int COUNTRIES_SHOWN = 8;
  private static final int INPUTS_SHOWN = 8;

  private StudyText() {}

  static void print(PrintWriter out, StudyOutcome outcome) {
    Study study = outcome.study();
    out.println(study.title());
    out.printf(
        Locale.ROOT,
        "%s, %d hours from %s, %s simulated%n",
        study.id(),
        outcome.hours(),
        study.start(),
        Numbers.counted((double) outcome.peopleSimulated(), "person", "people"));
    StudyOutcome.Figures figures = outcome.figures();
    line(out, "noticed", Figures.amount(figures.noticed()) + " people");
    if (figures.searched().median() > 0) {
      line(out, "searched", Figures.amount(figures.searched()) + " people");
    }
    line(out, "took part", Figures.amount(figures.adopters()) + " people");
    if (figures.outputs().median() > 0) {
      line(out, "new users", Figures.amount(figures.newUsers()));
      line(out, "outputs", Figures.amount(figures.outputs()));
      if (figures.refused().median() > 0) {
        line(out, "refused", Figures.amount(figures.refused()));
      }
      footprint(out, figures.footprint());
      if (outcome.idle().median(Impact.ENERGY_KWH) > 0) {
        line(
            out,
            "idle",
            Figures.energy(outcome.idle().energyKwh()) + " of it, in hours without outputs");
      }
      if (figures.countedOutputs().median() != figures.outputs().median()) {
        out.println("Of these belong to what is studied");
        line(out, "outputs", Figures.amount(figures.countedOutputs()));
        footprint(out, figures.counted());
      }
      groups(out, outcome);
    }
    if (!outcome.localChoices().isEmpty()) {
      StudyChoiceText.print(out, outcome.localChoices());
    }
    study.references().forEach(reference -> reference(out, reference, figures.counted()));
    outcome.training().ifPresent(training -> training(out, training));
    inputs(out, outcome.inputs());
    scenarios(out, outcome.scenarios());
  }

  /** Says how far a study came that was stopped; nothing of one that was not. */
  static void printStopped(PrintWriter err, StudyOutcome outcome) {
    if (outcome.isWhole()) {
      return;
    }
    List<String> done = new ArrayList<>();
    stopped(done, outcome.hours(), outcome.study().hours(), "hours");
    stopped(done, outcome.runs(), outcome.settings().runs(), "runs");
    stopped(done, outcome.scenarios().size(), outcome.study().scenarioCount(), "scenarios");
    err.println(
        "gtrace: "
            + outcome.study().id()
            + " was stopped after "
            + String.join(" and ", done)
            + "; what is told is of these");
  }

  private static void stopped(List<String> to, int done, int asked, String what) {
    if (done < asked) {
      to.add(done + " of " + asked + " " + what);
    }
  }

  private static void line(PrintWriter out, String name, String value) {
    out.printf(Locale.ROOT, "  %-10s %s%n", name, value);
  }

  private static void footprint(PrintWriter out, Footprint footprint) {
    line(out, "energy", Figures.energy(footprint.energyKwh()));
    line(out, "carbon", Figures.carbon(footprint.carbonKg()));
    line(out, "water", Figures.water(footprint.waterL()));
  }

  private static void groups(PrintWriter out, StudyOutcome outcome) {
    out.println("Where the people are");
    List<Group> countries = outcome.countries();
    countries.stream().limit(COUNTRIES_SHOWN).forEach(group -> group(out, group));
    if (countries.size() > COUNTRIES_SHOWN) {
      out.println("  and " + (countries.size() - COUNTRIES_SHOWN) + " more countries");
    }
    out.println("Where it was made");
    outcome.venues().forEach(group -> group(out, group));
  }

  private static void group(PrintWriter out, Group group) {
    out.printf(
        Locale.ROOT,
        "  %-32s %12s outputs  %s%n",
        group.name(),
        Figures.rounded(group.outputs()),
        Figures.carbon(group.footprint().carbonKg()));
  }

  private static void reference(PrintWriter out, Study.Reference reference, Footprint counted) {
    out.println("Beside " + reference.id() + " (" + reference.source() + ")");
    reference
        .energyMwh()
        .ifPresent(mwh -> beside(out, "energy", counted, Impact.ENERGY_KWH, mwh * 1e3));
    reference
        .carbonT()
        .ifPresent(tonnes -> beside(out, "carbon", counted, Impact.CARBON_KG, tonnes * 1e3));
  }

  private static void beside(
      PrintWriter out, String name, Footprint ours, Impact impact, double published) {
    double[] draws = ours.draws(impact);
    long below = Arrays.stream(draws).filter(draw -> draw < published).count();
    line(
        out,
        name,
        String.format(
            Locale.ROOT,
            "%s published: %.2g times ours; %.0f %% of our draws lie below",
            impact == Impact.ENERGY_KWH ? Figures.energy(published) : Figures.carbon(published),
            published / ours.median(impact),
            100.0 * below / draws.length));
  }

  private static void training(PrintWriter out, StudyOutcome.TrainingOutcome training) {
    out.println("Training of the model");
    footprint(out, training.footprint());
    line(
        out,
        "overtaken",
        String.format(
                Locale.ROOT, "by use in %.0f %% of the draws", 100 * training.overtakenShare())
            + training
                .hours()
                .map(hours ->
                    String.format(
                        Locale.ROOT,
                        ", after %.0f h (%.0f to %.0f)",
                        hours.median(),
                        hours.low(),
                        hours.high()))
                .orElse(""));
  }

  private static void inputs(PrintWriter out, List<StudyOutcome.Input> inputs) {
    if (inputs.isEmpty()) {
      return;
    }
    out.println("What makes the carbon uncertain (median if the input is low, if it is high)");
    inputs.stream()
        .limit(INPUTS_SHOWN)
        .forEach(input ->
            out.printf(
                Locale.ROOT,
                "  %-32s %s, %s%n",
                input.pointer().replaceFirst("^/", "").replace('/', '.'),
                Figures.carbon(input.carbonKgIfLow()),
                Figures.carbon(input.carbonKgIfHigh())));
  }

  private static void scenarios(PrintWriter out, List<StudyOutcome.ScenarioOutcome> scenarios) {
    if (scenarios.isEmpty()) {
      return;
    }
    out.println("Carbon avoided");
    new TextTable<>(
            List.of(
                TextTable.Column.<StudyOutcome.ScenarioOutcome>forPeople(
                    "  change", each -> "  " + each.title()),
                TextTable.Column.<StudyOutcome.ScenarioOutcome>forPeople(
                    "carbon avoided", each -> Figures.carbon(each.avoidedCarbonKg())),
                TextTable.Column.<StudyOutcome.ScenarioOutcome>forPeople(
                    "if as many outputs", each -> Figures.carbon(each.avoidedByCostKg())),
                TextTable.Column.<StudyOutcome.ScenarioOutcome>forPeople(
                    "outputs", each -> Figures.rounded(each.figures().outputs().median()))),
            scenarios)
        .print(out, OutputFormat.text);
  }
}
