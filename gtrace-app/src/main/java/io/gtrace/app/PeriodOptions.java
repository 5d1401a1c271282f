package io.gtrace.app;

import io.gtrace.ledger.query.Period;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The part of a ledger that is asked for. Days begin at midnight UTC. */
final class PeriodOptions {
  @Option(
      names = "--from",
      paramLabel = "TIME",
      description =
          "Only what ran at or after this moment: 2026, 2026-03, 2026-03-01 or 2026-03-01T14:00Z.")
  private Optional<String> from = Optional.empty();

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "Only what ran before this moment, written likewise.")
  private Optional<String> to = Optional.empty();

  Period period() {
    return Period.parse("--from", from, "--to", to);
  }
}
