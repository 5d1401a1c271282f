package io.gtrace.app;

import io.gtrace.ledger.store.Ledger;
import io.gtrace.mcp.ToolServer;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "mcp",
    mixinStandardHelpOptions = true,
    description = {
      "Tools for agents and editors, over the Model Context Protocol on standard input and output:"
          + " estimate, compare, route, and footprint of a ledger.",
      "It is started by the program that uses the tools, and ends with it."
    },
    footer = {"", "Example: gtrace mcp --ledger ledger"})
final class McpCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--ledger",
      paramLabel = "DIR",
      description = "The folder of the ledger that the tool footprint answers from.")
  private Optional<Path> ledger = Optional.empty();

  @Mixin private FactorFile factors = new FactorFile();

  @Override
  public Integer call() throws InterruptedException {
    ledger.ifPresent(Ledger::open);
    new ToolServer(LedgerCard.of(factors), ledger, Main.version(), InstantSource.system())
        .serve(
            new FileInputStream(FileDescriptor.in),
            new FileOutputStream(FileDescriptor.out),
            told -> Console.err(spec).println("gtrace: " + told));
    return ExitCode.DONE;
  }
}
