package io.gtrace.app;

import io.gtrace.footprint.Quantity;
import io.gtrace.governance.evidence.Evidence;
import io.gtrace.governance.evidence.EvidenceKinds;
import io.gtrace.governance.facts.Estimate;
import io.gtrace.governance.facts.ReportingPeriod;
import io.gtrace.governance.facts.WholePeriod;
import io.gtrace.governance.guidance.Audience;
import io.gtrace.governance.guidance.Effect;
import io.gtrace.governance.guidance.Guidance;
import io.gtrace.governance.guidance.Insight;
import io.gtrace.governance.guidance.Lever;
import io.gtrace.governance.profile.Profile;
import io.gtrace.governance.pyramid.Assessment;
import io.gtrace.governance.pyramid.Assessor;
import io.gtrace.governance.pyramid.IndicatorResult;
import io.gtrace.governance.pyramid.Pyramid;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.report.AssessmentWords;
import io.gtrace.report.Figures;
import io.gtrace.simulation.study.Study;
import io.gtrace.simulation.study.StudyOutcome;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;

@Command(
    name = "guide",
    mixinStandardHelpOptions = true,
    description = {
      "What users, operators or regulators can do, in tonnes: each lever as a changed parameter of a"
          + " simulated wave and, with --ledger and --profile, as an action in one's own ledger.",
      "Levers overlap; their tonnes must not be added up."
    },
    footer = {"", "Example: gtrace guide --for users --scale 0.0001 --days 7"})
final class GuideCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private RunOptions run = new RunOptions();
  @Mixin private TextOrJson format = new TextOrJson();

  @Option(
      names = "--for",
      paramLabel = "AUDIENCE",
      required = true,
      description = "users, operators or regulators.")
  private Audience audience = Audience.USERS;

  @Option(
      names = "--study",
      paramLabel = "STUDY",
      defaultValue = "policies",
      description =
          "The study whose scenarios show what levers do: one that ships, or a file (default:"
              + " policies).")
  private String study = "policies";

  @Option(names = "--ledger", paramLabel = "DIR", description = "The ledger of an organisation.")
  private Optional<Path> ledger = Optional.empty();

  @Option(names = "--profile", paramLabel = "FILE", description = "Its profile (YAML).")
  private Optional<Path> profile = Optional.empty();

  @Option(
      names = "--period",
      paramLabel = "PERIOD",
      description =
          "The period of the ledger, as 2025-Q2 (default: the last quarter that it has whole).")
  private Optional<String> period = Optional.empty();

  @Override
  public Integer call() {
    Optional<Assessment> organisation = organisation();
    try (StopSignal stop = StopSignal.listening()) {
      StudyOutcome wave = run.run(run.lasting(Study.read(study)), Console.err(spec), stop);
      Guidance guidance = Guidance.of(audience, Lever.shipped(), wave, organisation);
      PrintWriter out = Console.out(spec);
      if (format.isJson()) {
        JsonLine.print(out, json -> write(json, wave, guidance));
      } else {
        print(out, wave, guidance);
      }
      out.flush();
    }
    return ExitCode.DONE;
  }

  private Optional<Assessment> organisation() {
    if (ledger.isEmpty() && profile.isEmpty() && period.isEmpty()) {
      return Optional.empty();
    }
    if (ledger.isEmpty() || profile.isEmpty()) {
      throw new IllegalArgumentException(
          "--ledger and --profile belong together, and --period goes with them");
    }
    Profile who = Profile.read(profile.get());
    Ledger.Snapshot snapshot = Ledger.open(ledger.get()).snapshot();
    Assessment assessment =
        new Assessor(Pyramid.shipped(), run.ledgerCard())
            .assess(
                snapshot,
                who,
                Evidence.read(who.evidence(), EvidenceKinds.shipped()),
                period.map(ReportingPeriod::parse).orElseGet(() -> WholePeriod.lastOf(snapshot)),
                List.of());
    tellFaults(assessment);
    return Optional.of(assessment);
  }

  private void tellFaults(Assessment assessment) {
    if (!assessment.faults().isEmpty()) {
      PrintWriter err = Console.err(spec);
      err.println(
          "Evidence that cannot be relied on: "
              + assessment.faults().get(0)
              + "; gtrace pyramid assess names all");
      err.flush();
    }
  }

  private static void print(PrintWriter out, StudyOutcome wave, Guidance guidance) {
    out.println("For " + guidance.audience().label() + ", by the study " + wave.study().title());
    out.println(
        "What is studied: "
            + Figures.carbon(wave.figures().counted().carbonKg())
            + ". Levers overlap: their tonnes must not be added up.");
    for (Guidance.Entry entry : guidance.entries()) {
      out.println();
      out.println(entry.lever().title() + ": " + entry.lever().means());
      entry.inWave().ifPresent(effect -> effect(out, effect));
      entry.insight().ifPresent(insight -> insight(out, insight));
      if (entry.inWave().isEmpty() && entry.insight().isEmpty()) {
        out.println("  in the wave    no scenario of the study shows it");
      }
      entry.inLedger().ifPresent(result -> ledger(out, result));
    }
  }

  private static void effect(PrintWriter out, Effect effect) {
    out.println("  scenario       " + effect.scenario());
    effect.beside().ifPresent(beside -> out.println("  held against   " + beside));
    out.println(
        "  avoids         "
            + carbon(effect.avoidedCarbonKg())
            + ", "
            + percent(effect.shareOfWavePercent())
            + " of it; in "
            + share(effect.probability())
            + " of the draws it avoids anything");
    out.println("  by fewer made  " + carbon(effect.byFewerOutputsKg()));
    out.println(
        String.format(
            Locale.ROOT,
            "  side effects   outputs %+.1f %%, refused %+,.0f; water %s",
            tenths(effect.outputsPercent()),
            (double) Math.round(effect.refusedOutputs()),
            percent(effect.waterPercent())));
    out.println("  costs          " + costs(effect));
  }

  private static String costs(Effect effect) {
    Estimate kwh = effect.avoidedEnergyKwh();
    String forgone =
        effect.forgoneOutputsPerTonne().isPresent()
            ? "outputs forgone for each tonne "
                + Figures.amount(effect.forgoneOutputsPerTonne().getAsDouble())
            : effect.outputsPercent() < 0
                ? "outputs forgone, nothing avoided"
                : "no outputs forgone";
    return forgone
        + "; electricity saved "
        + Figures.energy(new Quantity(kwh.value(), kwh.low(), kwh.high()))
        + "; in money not known";
  }

  private static void insight(PrintWriter out, Insight insight) {
    out.println(
        "  narrows        "
            + carbon(insight.carbonKg())
            + " to "
            + carbon(insight.carbonIfKnownKg())
            + ": the interval loses "
            + share(insight.widthLostPercent() / 100)
            + " of its width");
    out.println("  informs        " + insight.choice());
    out.println(
        "  avoids         at most "
            + exactCarbon(insight.worthKg().value())
            + " on average, and in nine of ten draws "
            + exactCarbon(insight.worthKg().low())
            + " to "
            + exactCarbon(insight.worthKg().high())
            + ", by not choosing it where it emits more, which is so in "
            + share(insight.probabilityAgainst())
            + " of the draws");
    out.println("  costs          no outputs forgone; in money not known");
  }

  private static String share(double share) {
    return Math.round(100 * share) + " %";
  }

  private static String exactCarbon(double kg) {
    return carbon(Estimate.exact(kg));
  }

  private static String carbon(Estimate kg) {
    return Figures.carbon(new Quantity(kg.value(), kg.low(), kg.high()));
  }

  private static String percent(Estimate percent) {
    return String.format(
        Locale.ROOT,
        "%.1f %% (%.1f to %.1f)",
        tenths(percent.value()),
        tenths(percent.low()),
        tenths(percent.high()));
  }

  /** Rounded, so that a little less than nothing is no minus zero. */
  private static double tenths(double value) {
    return Math.round(10 * value) / 10.0;
  }

  private static void ledger(PrintWriter out, IndicatorResult result) {
    String worth = AssessmentWords.worth(result);
    out.println(
        "  in the ledger  "
            + result.indicator().id()
            + " "
            + result.indicator().name()
            + ": "
            + result.verdict().label()
            + (worth.isEmpty() ? "" : "; " + worth));
  }

  private static void write(JsonGenerator json, StudyOutcome wave, Guidance guidance) {
    json.writeStringProperty("for", guidance.audience().label());
    json.writeStringProperty("study", wave.study().id());
    json.writeArrayPropertyStart("levers");
    for (Guidance.Entry entry : guidance.entries()) {
      json.writeStartObject();
      json.writeStringProperty("id", entry.lever().id());
      json.writeStringProperty("title", entry.lever().title());
      json.writeStringProperty("means", entry.lever().means());
      entry.inWave().ifPresent(effect -> write(json, effect));
      entry.insight().ifPresent(insight -> write(json, insight));
      entry
          .inLedger()
          .ifPresent(result -> {
            json.writeStringProperty("indicator", result.indicator().id());
            json.writeStringProperty("verdict", result.verdict().name());
            result.worthKg().ifPresent(worth -> interval(json, "worthKg", worth));
          });
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, Effect effect) {
    json.writeStringProperty("scenario", effect.scenario());
    effect.beside().ifPresent(beside -> json.writeStringProperty("beside", beside));
    interval(json, "avoidedCarbonKg", effect.avoidedCarbonKg());
    interval(json, "byFewerOutputsKg", effect.byFewerOutputsKg());
    interval(json, "shareOfWavePercent", effect.shareOfWavePercent());
    interval(json, "avoidedEnergyKwh", effect.avoidedEnergyKwh());
    interval(json, "waterPercent", effect.waterPercent());
    json.writeNumberProperty("outputsPercent", effect.outputsPercent());
    json.writeNumberProperty("refusedOutputs", effect.refusedOutputs());
    effect
        .forgoneOutputsPerTonne()
        .ifPresent(outputs -> json.writeNumberProperty("forgoneOutputsPerTonne", outputs));
    json.writeNumberProperty("probability", effect.probability());
  }

  private static void write(JsonGenerator json, Insight insight) {
    interval(json, "carbonKg", insight.carbonKg());
    interval(json, "carbonIfKnownKg", insight.carbonIfKnownKg());
    json.writeNumberProperty("widthLostPercent", insight.widthLostPercent());
    json.writeStringProperty("informs", insight.choice());
    json.writeObjectPropertyStart("avoidedByKnowingKg");
    json.writeNumberProperty("mean", insight.worthKg().value());
    json.writeNumberProperty("low", insight.worthKg().low());
    json.writeNumberProperty("high", insight.worthKg().high());
    json.writeEndObject();
    json.writeNumberProperty("probabilityAgainst", insight.probabilityAgainst());
  }

  private static void interval(JsonGenerator json, String name, Estimate estimate) {
    json.writeObjectPropertyStart(name);
    json.writeNumberProperty("median", estimate.value());
    json.writeNumberProperty("low", estimate.low());
    json.writeNumberProperty("high", estimate.high());
    json.writeEndObject();
  }
}
