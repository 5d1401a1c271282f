package io.gtrace.app;

import io.gtrace.governance.pyramid.Indicator;
import io.gtrace.governance.pyramid.Level;
import io.gtrace.governance.pyramid.Pyramid;
import io.gtrace.report.AssessmentWords;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "pyramid",
    mixinStandardHelpOptions = true,
    description = {
      "The AI Sustainability Pyramid: which of seven levels an organisation has reached, computed"
          + " from its ledger and its evidence, and what lifts it next.",
      "How it works: docs/pyramid.md."
    },
    subcommands = {
      PyramidAssessCommand.class,
      PyramidInitCommand.class,
      PyramidDemoCommand.class,
      PyramidStatementCommand.class,
      PyramidCommand.Levels.class
    },
    footer = {"", "Example: gtrace pyramid levels"})
final class PyramidCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        Console.commandLine(spec), "missing what to do: assess, init, demo, statement or levels");
  }

  /** An indicator and the level that it belongs to. */
  private record Line(Level level, Indicator indicator) {}

  @Command(
      name = "levels",
      mixinStandardHelpOptions = true,
      description = "List all levels and indicators with their thresholds.",
      footer = {"", "Example: gtrace pyramid levels --format csv"})
  static final class Levels implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;
    @Mixin private TableFormat format = new TableFormat();

    @Override
    public Integer call() {
      List<Line> lines =
          Pyramid.shipped().levels().stream()
              .flatMap(level -> level.indicators().stream().map(each -> new Line(level, each)))
              .toList();
      PrintWriter out = Console.out(spec);
      new TextTable<>(
              List.of(
                  TextTable.Column.<Line>of("level", "level", line -> line.level().label()),
                  TextTable.Column.<Line>of("id", "id", line -> line.indicator().id()),
                  TextTable.Column.<Line>of(
                      "gate", "gate", line -> line.indicator().isGate() ? "gate" : ""),
                  TextTable.Column.<Line>of("indicator", "name", line -> line.indicator().name()),
                  TextTable.Column.<Line>of("threshold", "threshold", Levels::thresholds),
                  TextTable.Column.<Line>forFiles("formula", line -> line.indicator().formula()),
                  TextTable.Column.<Line>of(
                      "evidence",
                      "evidence",
                      line -> String.join(", ", line.indicator().evidence())),
                  TextTable.Column.<Line>forFiles(
                      "covers", line -> String.join(", ", line.indicator().covers()))),
              lines)
          .print(out, format.chosen());
      out.flush();
      return ExitCode.DONE;
    }

    private static String thresholds(Line line) {
      return line.indicator().criteria().stream()
          .map(AssessmentWords::threshold)
          .collect(Collectors.joining("; "));
    }
  }
}
