package io.gtrace.report;

import io.gtrace.simulation.study.FitOutcome;
import io.gtrace.simulation.study.FitOutcome.Prediction;
import io.gtrace.simulation.study.FitOutcome.SeriesPrediction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A fit as one self-contained page: what the fitted study says of all that was counted (the
 * posterior predictive check), above all of what was held out, and what the counts say of its
 * inputs.
 */
public final class FitPage extends ChartPage {
  private static final PageText SCRIPT = PageText.script("fit.js");

  private final FitOutcome outcome;
  private final List<StudySection> chapters = new ArrayList<>();

  private FitPage(FitOutcome outcome, Instant generatedAt) {
    super(SCRIPT, generatedAt);
    this.outcome = outcome;
    if (!outcome.predictions().isEmpty()) {
      chapters.add(new FitCounts(outcome));
    }
    for (int i = 0; i < outcome.series().size(); i++) {
      chapters.add(new FitSeries(outcome.series().get(i), i));
    }
    chapters.add(new FitInputs(outcome));
  }

  /** The page. */
  public static String html(FitOutcome outcome, Instant generatedAt) {
    return new FitPage(outcome, generatedAt).rendered("fit.jte");
  }

  String title() {
    return outcome.study().title() + ": the fit";
  }

  /** How many figures there are, and how many of them lie where the fitted study expects them. */
  private record Covered(long all, long within) {
    static Covered of(FitOutcome outcome, boolean heldOut) {
      List<Prediction> counts =
          outcome.predictions().stream()
              .filter(each -> each.observation().heldOut() == heldOut)
              .toList();
      long all = counts.size();
      long within = counts.stream().filter(Prediction::covered).count();
      for (SeriesPrediction series : outcome.series()) {
        all += series.periods(heldOut);
        within += series.covered(heldOut);
      }
      return new Covered(all, within);
    }

    String inWords() {
      return within + " of " + all;
    }
  }

  String summary() {
    Covered heldOut = Covered.of(outcome, true);
    Covered used = Covered.of(outcome, false);
    String ofUsed =
        "Of the figures used in the fit, "
            + used.inWords()
            + " lie within the 90\u00a0% interval that the fitted study gives them.";
    return heldOut.all() == 0
        ? "Nothing was held out, so that this page cannot tell whether the fitted study foretells"
            + " anything. "
            + ofUsed
        : heldOut.inWords()
            + " figures that the fit did not know lie where the fitted study expects them; nine in"
            + " ten should. "
            + ofUsed;
  }

  List<AccountPage.Fact> facts() {
    Covered heldOut = Covered.of(outcome, true);
    return List.of(
        new AccountPage.Fact(
            "Held out, within",
            heldOut.all() == 0 ? "none held out" : heldOut.inWords(),
            "nine in ten should be"),
        new AccountPage.Fact(
            "Used, within", Covered.of(outcome, false).inWords(), "known to the fit"),
        new AccountPage.Fact(
            "Different runs",
            outcome.differentRuns() + " of " + outcome.runs(),
            "in the last generation"),
        new AccountPage.Fact("Generations", Figures.count(outcome.generations()), ""));
  }

  List<StudySection.Content> chaptersInWords() {
    return chapters.stream().map(StudySection::content).toList();
  }

  List<String> method() {
    return List.of(
        "The intervals of the study are the prior. Runs with inputs drawn from it are weighed by how"
            + " likely they make what was counted, given the errors of counting and luck, and drawn"
            + " anew around the likely ones, generation by generation.",
        "The check is posterior predictive: the runs of the last generation say what a count with"
            + " its errors would have been. An interval that holds what was used in the fit says"
            + " that the model can follow it; only what was held out says that it foretells. Few"
            + " figures say little: of ten that were held out, seven to ten lie within good 90\u00a0%"
            + " intervals 99 times in 100.");
  }

  /** The data of the pictures, safe inside of a script element. */
  String data() {
    return ScriptJson.of(json -> {
      json.writeStartArray();
      chapters.forEach(chapter -> chapter.write(json));
      json.writeEndArray();
    });
  }
}
