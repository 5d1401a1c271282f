package io.gtrace.app;

import io.gtrace.GTrace;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Account 28,185 real requests (Azure LLM inference traces, 2023) and write a report.",
    footer = {"", "Example: gtrace demo --out /tmp/report.html"})
final class DemoCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "gtrace-report.html",
      description =
          "The report; HTML, Markdown, CSV or JSON by its ending (default: ${DEFAULT-VALUE}).")
  private Path reportPath = Path.of("gtrace-report.html");

  @Override
  public Integer call() {
    Path quarantine = reportPath.resolveSibling("quarantine-demo.jsonl");
    int exitCode =
        new UsageCommand(GTrace.standard().card(), spec)
            .summary(
                accountant -> accountant.accountAzureTraces(quarantine),
                UsageOutputs.of(Optional.of(reportPath), quarantine));
    PrintWriter out = Console.out(spec);
    out.println();
    out.println("Next:");
    out.println("  gtrace estimate --file usage.csv --out report.html   your own usage");
    out.println(
        "  gtrace compare text --model gpt-4o,gpt-4o-mini --region FR,PL --output-tokens 300");
    out.println(
        "  gtrace explain text --model gpt-4o --output-tokens 300   where a figure comes from");
    out.flush();
    return exitCode;
  }
}
