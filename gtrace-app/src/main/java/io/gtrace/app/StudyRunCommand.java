package io.gtrace.app;

import io.gtrace.report.StudyJson;
import io.gtrace.simulation.study.Study;
import io.gtrace.simulation.study.StudyOutcome;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Run a study. Ctrl-C ends it after the hour it is in and keeps what is done.",
    },
    footer = {"", "Example: gtrace study run ghibli-2025 --scale 0.001 --days 7 --seed 7"})
final class StudyRunCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private RunOptions options = new RunOptions();

  @Parameters(paramLabel = "STUDY", description = "The name of a study that ships, or a YAML file.")
  private String name = "";

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Also write outcome.json, hours.parquet, groups.parquet and story.html there.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text, json or csv (each hour) (default: text).")
  private OutputFormat format = OutputFormat.text;

  @Override
  public Integer call() {
    Study study = options.lasting(Study.read(name));
    try (StopSignal stop = StopSignal.listening()) {
      if (out.isEmpty()) {
        run(study, stop, Optional.empty());
      } else {
        try (StudyFolder folder = StudyFolder.open(out.get())) {
          run(study, stop, Optional.of(folder));
        }
      }
    }
    return ExitCode.DONE;
  }

  private void run(Study study, StopSignal stop, Optional<StudyFolder> folder) {
    PrintWriter err = Console.err(spec);
    StudyOutcome outcome = options.run(study, err, stop);
    PrintWriter results = Console.out(spec);
    switch (format) {
      case json -> results.println(StudyJson.of(outcome));
      case csv -> StudyHours.table(outcome).print(results, OutputFormat.csv);
      case text -> StudyText.print(results, outcome);
    }
    results.flush();
    folder.ifPresent(to -> {
      to.write(outcome);
      err.println("Results: " + to.path());
    });
    StudyText.printStopped(err, outcome);
    err.flush();
  }
}
