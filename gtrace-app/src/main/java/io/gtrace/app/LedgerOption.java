package io.gtrace.app;

import io.gtrace.ledger.store.Ledger;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The ledger that a command works on. */
final class LedgerOption {
  @Option(
      names = "--ledger",
      paramLabel = "DIR",
      required = true,
      description = "The folder of the ledger.")
  private Path folder = Path.of("");

  Path folder() {
    return folder;
  }

  /**
   * @throws io.gtrace.ledger.store.LedgerException if there is none
   */
  Ledger open() {
    return Ledger.open(folder);
  }
}
