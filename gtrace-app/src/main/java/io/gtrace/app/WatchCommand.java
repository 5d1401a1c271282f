package io.gtrace.app;

import io.gtrace.call.CallTotals;
import io.gtrace.ledger.query.Period;
import io.gtrace.report.Figures;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description = {
      "What coding agents on this machine cost today: reads the session files that they write, and"
          + " prints a line whenever there are more calls.",
      "Prompts and answers are not kept."
    },
    footer = {
      "",
      "Example: gtrace watch ~/.claude/projects ~/.codex/sessions --once",
      "With --once it fits a status line, which runs it anew each time."
    })
final class WatchCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final int MOST_SECONDS = 86_400;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "FOLDER",
      arity = "1..*",
      description = "Where agents keep sessions, as ~/.claude/projects.")
  private List<Path> folders = List.of();

  @Option(names = "--once", description = "Print one line and end.")
  private boolean once;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Count calls from then on, as in 2026-03-01 (default: midnight here).")
  private Optional<String> since = Optional.empty();

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "How often to look (default: 5).")
  private int everySeconds;

  @Mixin private UsageDefaultOptions defaults = new UsageDefaultOptions();
  @Mixin private FactorFile factors = new FactorFile();

  @Override
  public Integer call() throws InterruptedException {
    requireRight();
    InstantSource clock = InstantSource.system();
    SessionFolders sessions =
        new SessionFolders(folders, LedgerCard.of(factors), defaults.usage(), clock);
    PrintWriter out = Console.out(spec);
    Set<Path> told = new HashSet<>();
    long calls = -1;
    while (true) {
      ZonedDateTime now = clock.instant().atZone(ZoneId.systemDefault());
      SessionFolders.Found found = sessions.since(from(now));
      found.unreadable().stream()
          .filter(told::add)
          .forEach(file ->
              Console.err(spec).println("gtrace: " + file + ": holds no usage that is known"));
      if (found.calls().calls() != calls) {
        calls = found.calls().calls();
        out.println((once ? "" : TIME.format(now) + "  ") + line(found.calls()));
        out.flush();
      }
      if (once) {
        return ExitCode.DONE;
      }
      TimeUnit.SECONDS.sleep(everySeconds);
    }
  }

  private void requireRight() {
    for (Path folder : folders) {
      if (!Files.isDirectory(folder)) {
        throw new IllegalArgumentException(
            folder + " is no folder: name one that an agent keeps its sessions in");
      }
    }
    if (everySeconds < 1 || everySeconds > MOST_SECONDS) {
      throw new IllegalArgumentException(
          "--every must be 1 to " + MOST_SECONDS + " seconds, not " + everySeconds);
    }
    since.ifPresent(text -> Period.moment("--since", text));
  }

  private Instant from(ZonedDateTime now) {
    return since
        .map(text -> Period.moment("--since", text))
        .orElseGet(() -> now.toLocalDate().atStartOfDay(now.getZone()).toInstant());
  }

  private String line(CallTotals.Total total) {
    String from = since.map(text -> "since " + text).orElse("today");
    if (total.calls() == 0) {
      return from + ": no calls";
    }
    return from
        + ": "
        + Figures.carbon(total.footprint().carbonKg())
        + ", "
        + Figures.energy(total.footprint().energyKwh())
        + ", "
        + Numbers.counted((double) total.calls(), "call", "calls");
  }
}
