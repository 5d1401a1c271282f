package io.gtrace.app;

import io.gtrace.report.Figures;
import io.gtrace.simulation.study.Study;
import io.gtrace.simulation.study.StudyOutcome;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Run several studies in the same world, with the same people and the same luck, and set them"
          + " side by side."
    },
    footer = {"", "Example: gtrace study compare ghibli-2025 text-image-video --scale 0.0002"})
final class StudyCompareCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private RunOptions options = new RunOptions();

  @Parameters(
      arity = "2..*",
      paramLabel = "STUDY",
      description = "Names of studies that ship, or YAML files.")
  private List<String> names = List.of();

  @Mixin private TableFormat format = new TableFormat();

  @Override
  public Integer call() {
    List<Study> studies = names.stream().map(name -> options.lasting(Study.read(name))).toList();
    PrintWriter err = Console.err(spec);
    List<StudyOutcome> outcomes = new ArrayList<>();
    try (StopSignal stop = StopSignal.listening()) {
      for (Study study : studies) {
        outcomes.add(options.run(study, err, stop));
      }
    }
    PrintWriter out = Console.out(spec);
    boolean text = format.chosen() == OutputFormat.text;
    new TextTable<>(text ? forPeople() : forFiles(), outcomes).print(out, format.chosen());
    out.flush();
    return ExitCode.DONE;
  }

  private static List<TextTable.Column<StudyOutcome>> forPeople() {
    return List.of(
        TextTable.Column.forPeople("study", outcome -> outcome.study().id()),
        TextTable.Column.forPeople(
            "took part", outcome -> Figures.amount(outcome.figures().adopters())),
        TextTable.Column.forPeople(
            "outputs", outcome -> Figures.amount(outcome.figures().outputs())),
        TextTable.Column.forPeople(
            "energy", outcome -> Figures.energy(outcome.figures().counted().energyKwh())),
        TextTable.Column.forPeople(
            "carbon", outcome -> Figures.carbon(outcome.figures().counted().carbonKg())),
        TextTable.Column.forPeople(
            "water", outcome -> Figures.water(outcome.figures().counted().waterL())));
  }

  private static List<TextTable.Column<StudyOutcome>> forFiles() {
    return List.of(
        TextTable.Column.forFiles("study", outcome -> outcome.study().id()),
        TextTable.Column.forFiles("adopters", outcome -> outcome.figures().adopters().median()),
        TextTable.Column.forFiles("outputs", outcome -> outcome.figures().outputs().median()),
        TextTable.Column.forFiles(
            "energy_kwh", outcome -> outcome.figures().counted().energyKwh().median()),
        TextTable.Column.forFiles(
            "energy_kwh_low", outcome -> outcome.figures().counted().energyKwh().low()),
        TextTable.Column.forFiles(
            "energy_kwh_high", outcome -> outcome.figures().counted().energyKwh().high()),
        TextTable.Column.forFiles(
            "carbon_kg", outcome -> outcome.figures().counted().carbonKg().median()),
        TextTable.Column.forFiles(
            "carbon_kg_low", outcome -> outcome.figures().counted().carbonKg().low()),
        TextTable.Column.forFiles(
            "carbon_kg_high", outcome -> outcome.figures().counted().carbonKg().high()),
        TextTable.Column.forFiles(
            "water_l", outcome -> outcome.figures().counted().waterL().median()));
  }
}
