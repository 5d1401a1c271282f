package io.gtrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.store.RollupFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How well the factor of the grid fits a call. */
class GridFactorTest {
  @TempDir Path folder;

  @Test
  void aCallWithoutAPlaceIsEstimatedThoughTheGridThatStandsInHasHours() throws IOException {
    String call =
        "{\"when\":\"2026-03-01T10:00:00Z\",\"model\":\"gpt-4o\",\"output_tokens\":9%s}\n";
    Path usage =
        Files.writeString(
            folder.resolve("u.jsonl"),
            call.formatted(",\"region\":\"eu-west-3\"").repeat(3) + call.formatted("").repeat(2));
    LedgerFixture ledger = new LedgerFixture(folder.resolve("ledger"));
    ledger.read(usage);
    try (LedgerQuery query =
        LedgerQuery.open(ledger.ledger().snapshot(), RollupFiles.Pricing.CURRENT)) {
      assertThat(
              query.by(List.of(GroupBy.GRID_FACTOR), Period.ALL).stream()
                  .collect(Collectors.toMap(line -> line.keys().get(0), line -> line.activities())))
          .containsEntry("hourly", 3L)
          .containsEntry("estimated", 2L)
          .hasSize(2);
    }
  }
}
