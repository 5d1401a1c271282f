package io.gtrace.app;

import io.gtrace.ledger.LedgerForget;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(
    name = "forget",
    mixinStandardHelpOptions = true,
    description = {
      "Remove the events of a user, or all events before a day, and reseal the ledger.",
      "A user's events leave every total. Events before a day leave their roll-ups, so no total"
          + " changes. Reading the same logs again brings nothing back."
    },
    footer = {
      "",
      "Example: gtrace ledger forget --ledger ledger --user u-1234",
      "Example: gtrace ledger forget --ledger ledger --before 2025-01-01"
    })
final class LedgerForgetCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private LedgerOption ledger = new LedgerOption();
  @Mixin private WriterWait wait = new WriterWait();

  @Option(names = "--user", paramLabel = "ID", description = "The user, as logs call them.")
  private Optional<String> user = Optional.empty();

  @Option(
      names = "--before",
      paramLabel = "DAY",
      converter = Day.class,
      description = "The first day to keep, as 2025-01-01 (UTC).")
  private Optional<LocalDate> before = Optional.empty();

  @Override
  public Integer call() {
    if (user.isPresent() == before.isPresent()) {
      throw new IllegalArgumentException("give either --user or --before");
    }
    LedgerForget forget = new LedgerForget(Clock.systemUTC(), Main.version());
    LedgerForget.Result result =
        user.isPresent()
            ? forget.user(ledger.open(), user.get(), wait.duration())
            : forget.before(ledger.open(), before.orElseThrow(), wait.duration());
    PrintWriter out = Console.out(spec);
    out.println(Numbers.counted((double) result.removed(), "event", "events") + " removed");
    if (result.pricesDropped()) {
      out.println(
          "Newer prices were dropped, as they were of these events too: gtrace ledger reprice");
    }
    result.note().ifPresent(note -> out.println("note: " + note));
    out.flush();
    return ExitCode.DONE;
  }

  /** Reads a day. */
  private static final class Day implements ITypeConverter<LocalDate> {
    @Override
    public LocalDate convert(String text) {
      try {
        return LocalDate.parse(text);
      } catch (DateTimeParseException noDay) {
        throw new TypeConversionException("'" + text + "' is no day, such as 2025-01-01");
      }
    }
  }
}
