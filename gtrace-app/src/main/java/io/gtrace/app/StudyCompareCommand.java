package io.gtrace.app;

import io.gtrace.simulation.study.Study;
import io.gtrace.simulation.study.StudyOutcome;
import java.io.PrintWriter;
import java.nio.file.Path;
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
          + " side by side.",
      "A folder that --out of a run was given is read, not run again."
    },
    footer = {"", "Example: gtrace study compare ghibli-2025 text-image-video --scale 0.0002"})
final class StudyCompareCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private RunOptions options = new RunOptions();

  @Parameters(
      arity = "2..*",
      paramLabel = "STUDY",
      description = "Names of studies that ship, YAML files, or folders of past runs.")
  private List<String> names = List.of();

  @Mixin private TableFormat format = new TableFormat();

  @Override
  public Integer call() {
    List<Path> folders = names.stream().map(Path::of).filter(StudyResult::isIn).toList();
    List<Study> studies =
        names.stream()
            .filter(name -> !folders.contains(Path.of(name)))
            .map(name -> options.lasting(Study.read(name)))
            .toList();
    PrintWriter err = Console.err(spec);
    List<StudyResult> results = new ArrayList<>();
    folders.forEach(folder -> results.add(StudyResult.read(folder)));
    try (StopSignal stop = StopSignal.listening()) {
      for (Study study : studies) {
        if (stop.given()) {
          err.println("gtrace: " + study.id() + " was not begun");
          continue;
        }
        StudyOutcome outcome = options.run(study, err, stop);
        StudyText.printStopped(err, outcome);
        results.add(StudyResult.of(outcome));
      }
    }
    PrintWriter out = Console.out(spec);
    List<TextTable.Column<StudyResult>> columns = new ArrayList<>(StudyResult.settings());
    columns.addAll(StudyResult.figures(format.chosen() == OutputFormat.text));
    new TextTable<>(columns, results).print(out, format.chosen());
    out.flush();
    return ExitCode.DONE;
  }
}
