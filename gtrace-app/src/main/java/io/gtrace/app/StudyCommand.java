package io.gtrace.app;

import io.gtrace.simulation.study.Study;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "study",
    mixinStandardHelpOptions = true,
    description = {
      "Simulate a wave of use, person by person and output by output.",
      "Studies are YAML files: docs/studies.md."
    },
    subcommands = {
      StudyRunCommand.class,
      StudyCommand.ListStudies.class,
      StudyCommand.New.class,
      StudyCompareCommand.class,
      StudyFitCommand.class,
      StudyCommand.Schema.class
    },
    footer = {"", "Example: gtrace study run ghibli-2025 --scale 0.001 --days 7"})
final class StudyCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        Console.commandLine(spec), "missing what to do: run, list, new, compare, fit or schema");
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "List the studies that ship, or past runs.",
      footer = {"", "Example: gtrace study list"})
  static final class ListStudies implements Callable<Integer> {
    private static final int REFUSALS_SHOWN = 5;

    @Spec private @Nullable CommandSpec spec;

    @Mixin private TableFormat format = new TableFormat();

    @Option(
        names = "--in",
        paramLabel = "FOLDER",
        description = "List the past runs whose folders lie in this one instead.")
    private Optional<Path> in = Optional.empty();

    @Override
    public Integer call() {
      if (in.isPresent()) {
        return listRuns(in.get());
      }
      List<Study> studies = Study.shipped().stream().map(Study::read).toList();
      PrintWriter out = Console.out(spec);
      new TextTable<>(
              List.of(
                  TextTable.Column.<Study>of("study", "study", Study::id),
                  TextTable.Column.<Study>of("days", "days", study -> study.hours() / 24),
                  TextTable.Column.<Study>of("title", "title", Study::title)),
              studies)
          .print(out, format.chosen());
      out.flush();
      return ExitCode.DONE;
    }

    private int listRuns(Path folder) {
      PrintWriter out = Console.out(spec);
      List<TextTable.Column<StudyResult>> columns = new ArrayList<>(StudyResult.settings());
      columns.addAll(StudyResult.figures(format.chosen() == OutputFormat.text));
      StudyResult.Listed listed = StudyResult.allIn(folder);
      new TextTable<>(columns, listed.results()).print(out, format.chosen());
      out.flush();
      return Refusals.tell(
          Console.err(spec), "runs that cannot be read", listed.refused(), REFUSALS_SHOWN);
    }
  }

  @Command(
      name = "new",
      mixinStandardHelpOptions = true,
      description = {
        "Write a new study file that extends one that ships.",
        "What it does not say holds as in the other; run it with gtrace study run FILE."
      },
      footer = {"", "Example: gtrace study new --from ghibli-2025 --out my-wave.yaml"})
  static final class New implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Option(
        names = "--out",
        paramLabel = "FILE",
        required = true,
        description = "The file to be written.")
    private Path file = Path.of("");

    @Option(
        names = "--from",
        paramLabel = "STUDY",
        defaultValue = "ghibli-2025",
        description = "The study to start from (default: ghibli-2025).")
    private String from = "ghibli-2025";

    @Override
    public Integer call() {
      Study base = Study.read(from);
      OutputFile output = new OutputFile("--out", file);
      if (Files.exists(file)) {
        throw new IllegalArgumentException(file + " is there already: give it another name");
      }
      output.requirePlace();
      String name = String.valueOf(file.getFileName()).replaceAll("\\.ya?ml$", "");
      String id = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
      String text =
          """
          study: %s
          extends: %s
          title: %s, changed
          # What is not said here holds as in %s. Numbers may be written as intervals:
          # people:
          #   reachable: {low: 0.8e9, median: 1.0e9, high: 1.4e9, source: who says so}
          # All fields: gtrace study schema
          days: %d
          """
              .formatted(id, from, base.title(), from, base.hours() / 24);
      output.write(at -> Files.writeString(at, text, StandardCharsets.UTF_8));
      Console.err(spec).println("Study: " + output.shortestPath());
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "schema",
      mixinStandardHelpOptions = true,
      description = "Print the JSON Schema of study files, for editors and checks.",
      footer = {"", "Example: gtrace study schema"})
  static final class Schema implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
      PrintWriter out = Console.out(spec);
      out.print(Study.schema());
      out.flush();
      return ExitCode.DONE;
    }
  }
}
