package io.gtrace.app;

import io.gtrace.ledger.LedgerCompaction;
import io.gtrace.ledger.store.Seal;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "compact",
    mixinStandardHelpOptions = true,
    description = {
      "Merge small batches, so that a ledger with many of them is fast. Every append merges some;"
          + " this merges all that can be.",
      "Events, figures and the chain of seals stay what they are; files that merged ones stand for"
          + " are deleted an hour later by whatever writes then."
    },
    footer = {"", "Example: gtrace ledger compact --ledger ledger"})
final class LedgerCompactCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private LedgerOption ledger = new LedgerOption();
  @Mixin private WriterWait wait = new WriterWait();

  @Override
  public Integer call() {
    LedgerCompaction.Result result =
        new LedgerCompaction(Clock.systemUTC(), Main.version())
            .compact(ledger.open(), wait.duration());
    PrintWriter out = Console.out(spec);
    if (result.seals().isEmpty()) {
      out.println("nothing to merge");
    } else {
      result.seals().stream().map(Seal::reason).forEach(out::println);
      out.printf(
          Locale.ROOT,
          "%,d files of the ledger, before %,d%n",
          result.filesAfter(),
          result.filesBefore());
    }
    result.note().ifPresent(note -> out.println("note: " + note));
    out.flush();
    return ExitCode.DONE;
  }
}
