package io.gtrace.report;

import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.simulation.study.StudyOutcome;
import io.gtrace.simulation.study.StudyRun;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A study as one self-contained page for screen and paper that asks nothing of the network: the
 * story, the wave on the map, its curves, how one output becomes the total, what the result hangs
 * on, and what was published beside it.
 */
public final class StudyPage extends ChartPage {
  private static final PageText SCRIPT = PageText.script("study.js");

  private final StudyOutcome outcome;
  private final StudyOutcome.Figures figures;
  private final StudyWords words;
  private final StudyMap map;
  private final List<StudySection> chapters;

  private StudyPage(StudyOutcome outcome, Instant generatedAt) {
    super(SCRIPT, generatedAt);
    this.outcome = outcome;
    figures = outcome.figures();
    words = StudyWords.of(outcome.study());
    map = new StudyMap(outcome);
    chapters = chapters();
  }

  /** The page. */
  public static String html(StudyOutcome outcome, Instant generatedAt) {
    return new StudyPage(outcome, generatedAt).rendered("study.jte");
  }

  /** Whether only some of the outputs belong to what is studied. */
  static boolean isPart(StudyOutcome.Figures figures) {
    return figures.countedOutputs().median() < figures.outputs().median();
  }

  private boolean hasOutputs() {
    return figures.outputs().median() > 0;
  }

  private List<StudySection> chapters() {
    List<StudySection> found = new ArrayList<>();
    if (!outcome.series().isEmpty()) {
      found.add(StudyCurves.ofPeople(outcome));
    }
    if (!hasOutputs()) {
      return found;
    }
    found.add(StudyCurves.ofLoad(outcome));
    found.add(new StudyLadder(outcome));
    found.add(StudyGroups.venues(outcome));
    found.add(new StudyWaterfall(outcome));
    if (outcome.countries().size() > 1) {
      found.add(StudyGroups.countries(outcome));
    }
    StudyChoice choice = new StudyChoice(outcome);
    if (!choice.isEmpty() && map.isDrawn()) {
      found.add(choice);
    }
    StudyMoves moves = new StudyMoves(outcome);
    if (!moves.isEmpty()) {
      found.add(moves);
    }
    StudySideBySide sideBySide = new StudySideBySide(outcome);
    if (!sideBySide.isEmpty()) {
      found.add(sideBySide);
    }
    StudyScenarios scenarios = new StudyScenarios(outcome);
    if (!scenarios.isEmpty()) {
      found.add(scenarios);
    }
    outcome.training().ifPresent(training -> found.add(StudyTraining.of(outcome, training)));
    StudyReferences references = new StudyReferences(outcome);
    if (!references.isEmpty()) {
      found.add(references);
    }
    found.add(new StudyInputs(outcome));
    return found;
  }

  String title() {
    return outcome.study().title();
  }

  String period() {
    Instant end = outcome.study().start().plus(outcome.hours() - 1L, ChronoUnit.HOURS);
    return Words.day(outcome.study().start()) + " to " + Words.day(end);
  }

  String summary() {
    String people = Figures.amount(figures.adopters().median()) + " people took part";
    if (!hasOutputs()) {
      return people + ".";
    }
    String made =
        people + " and made " + Figures.amount(figures.outputs().median()) + " " + words.many();
    String counted =
        isPart(figures)
            ? made
                + ". "
                + Figures.amount(figures.countedOutputs().median())
                + " of them belong to what is studied here: these took about "
            : made + ". These took about ";
    return Unit.unbroken(
        counted
            + about(Impact.ENERGY_KWH)
            + " of electricity, caused about "
            + about(Impact.CARBON_KG)
            + " and took about "
            + about(Impact.WATER_L)
            + " of water.");
  }

  private String about(Impact impact) {
    AccountPage.Tile tile =
        AccountPage.tile("", "", impact, figures.counted().quantity(impact).orElse(Quantity.ZERO));
    return tile.measured();
  }

  List<String> story() {
    return Stream.of(outcome.study().story()).filter(text -> !text.isBlank()).toList();
  }

  /** What the headline figures are of. */
  String scope() {
    String what =
        isPart(figures)
            ? "The " + words.many() + " that belong to this study, a share of all that were made."
            : "All " + words.many() + " of the wave.";
    return what + " " + certainty();
  }

  private String certainty() {
    int runs = outcome.runs();
    return runs == 1
        ? "One run with every uncertain input and factor at its median; the intervals come from the"
            + " factors"
            + " of energy, grids and water"
            + (isPart(figures) ? ", and from the share that counts." : ".")
        : Figures.count(runs)
            + " runs, each with its own luck, inputs and factors; an interval holds the true value"
            + " with a probability of 90\u00a0%, if inputs and factors scatter as they say.";
  }

  List<AccountPage.Tile> tiles() {
    return hasOutputs() ? AccountPage.tiles(figures.counted()) : List.of();
  }

  List<AccountPage.Comparison> comparisons() {
    return hasOutputs() ? AccountPage.comparisons(figures.counted()) : List.of();
  }

  List<AccountPage.Fact> facts() {
    List<AccountPage.Fact> facts = new ArrayList<>();
    if (hasOutputs() && isPart(figures)) {
      facts.add(fact(words.manyAsTitle() + " counted", figures.countedOutputs()));
    }
    if (hasOutputs()) {
      facts.add(fact(words.manyAsTitle() + " in all", figures.outputs()));
    }
    facts.add(fact("People who took part", figures.adopters()));
    if (figures.searched().median() > 0) {
      facts.add(fact("People who looked it up", figures.searched()));
    }
    if (figures.newUsers().median() > 0) {
      facts.add(fact("New to the service", figures.newUsers()));
    }
    if (hasOutputs()) {
      if (figures.refused().high() > 0) {
        facts.add(fact(words.manyAsTitle() + " refused", figures.refused()));
      }
      facts.add(energyOfOne());
      facts.add(one("Carbon", Impact.CARBON_KG));
      facts.add(one("Water", Impact.WATER_L));
    }
    return facts;
  }

  private static AccountPage.Fact fact(String name, Quantity number) {
    return new AccountPage.Fact(name, Figures.amount(number.median()), StudyWords.range(number));
  }

  private AccountPage.Fact energyOfOne() {
    Quantity kwh = figures.ofOneOutput().energyKwh();
    return new AccountPage.Fact(
        "Energy of one " + words.one(),
        Unit.unbroken(Figures.rounded(kwh.median() / Unit.WATT_HOUR.size()) + " Wh"),
        Unit.unbroken(Figures.range(kwh, Unit.WATT_HOUR) + " Wh"));
  }

  private AccountPage.Fact one(String name, Impact impact) {
    AccountPage.Tile tile =
        AccountPage.tile(
            name, "", impact, figures.ofOneOutput().quantity(impact).orElse(Quantity.ZERO));
    return new AccountPage.Fact(
        name + " of one " + words.one(), tile.measured(), tile.measuredRange());
  }

  /** How it was run. */
  List<AccountPage.Fact> settings() {
    StudyRun.Settings settings = outcome.settings();
    double perPerson = 1 / settings.scale();
    return List.of(
        new AccountPage.Fact(
            "Scale",
            "1 : " + Figures.count(perPerson),
            perPerson > 1.5 ? "one stands for " + Figures.count(perPerson) : "everyone"),
        new AccountPage.Fact(
            "People simulated", Figures.amount((double) outcome.peopleSimulated()), "in a run"),
        new AccountPage.Fact("Runs", Figures.count(outcome.runs()), runsAskedFor(settings.runs())),
        new AccountPage.Fact("Seed", Long.toString(settings.seed()), ""),
        new AccountPage.Fact("Hours", Figures.count(outcome.hours()), length()));
  }

  private String runsAskedFor(int asked) {
    if (asked == 1) {
      return "at the medians";
    }
    return outcome.runs() < asked ? "stopped; asked for " + Figures.count(asked) : "";
  }

  private String length() {
    return outcome.hours() < outcome.study().hours()
        ? "stopped; asked for " + Figures.count(outcome.study().hours())
        : "";
  }

  StudyMap map() {
    return map;
  }

  List<StudySection.Content> chaptersInWords() {
    return chapters.stream().map(StudySection::content).toList();
  }

  List<String> method() {
    List<String> paragraphs = new ArrayList<>();
    paragraphs.add(
        "Simulation. Every person of the study is simulated, hour by hour: who notices, who takes"
            + " part, what each session asks for, what a service refuses, and who leaves. People,"
            + " time zones and devices of each country follow its statistics. At a scale below one"
            + " fewer people are simulated, and all figures are multiplied to the full size.");
    if (hasOutputs()) {
      paragraphs.add(
          "Outputs. Each "
              + words.one()
              + " is drawn and booked singly, at the place that made it and in its hour, and"
              + " priced there by the rate card. Curves and the map show all "
              + words.many()
              + " at the medians of the card.");
      paragraphs.addAll(Words.PRICING);
    }
    paragraphs.add(
        "Uncertainty. "
            + certainty()
            + " In an ensemble each figure is the median of its own values, so parts need not add"
            + " up exactly.");
    return paragraphs;
  }

  String factorSet() {
    return outcome.factorSet();
  }

  List<String> sources() {
    return outcome.study().sources();
  }

  List<Equivalent> equivalents() {
    return hasOutputs() ? List.of(Equivalent.values()) : List.of();
  }

  /** The data of the pictures, safe inside of a script element. */
  String data() {
    return ScriptJson.of(json -> {
      json.writeStartObject();
      if (map.isDrawn()) {
        map.write(json);
      }
      json.writeArrayPropertyStart("pictures");
      chapters.forEach(chapter -> chapter.write(json));
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  String world() {
    return PageText.WORLD.text();
  }
}
