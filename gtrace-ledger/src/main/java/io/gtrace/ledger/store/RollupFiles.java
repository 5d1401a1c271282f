package io.gtrace.ledger.store;

import io.gtrace.activity.Driver;
import io.gtrace.ledger.store.SealedFile.Content;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which roll-ups together hold every event of a ledger once. */
public final class RollupFiles {
  private static final Pattern NAME =
      Pattern.compile("/([0-9]{6,9})(?:-[0-9]{6,9}|-repriced)?(-p[0-9]{6,9})?\\.parquet$");

  private RollupFiles() {}

  /** By which factors events are priced. */
  public enum Pricing {
    /** By those of the newest repricing; events added since by those they were sealed with. */
    CURRENT,
    /** By those that each event was sealed with. */
    AS_SEALED
  }

  /** The files, oldest first. */
  public static List<Path> of(Ledger.Snapshot ledger, Pricing pricing) {
    int repriced = pricing == Pricing.CURRENT ? lastRepricing(ledger) : 0;
    List<Path> files = new ArrayList<>();
    for (SealedFile file : ledger.live().values()) {
      boolean counted =
          switch (file.content()) {
            case ROLLUP -> batchOf(file) > repriced;
            case REPRICED_ROLLUP -> batchOf(file) == repriced;
            default -> false;
          };
      if (counted) {
        files.add(ledger.path(file));
      }
    }
    return List.copyOf(files);
  }

  /**
   * The cells of files as a query in brackets, for a view that many questions ask. Files with the
   * same columns, as one version writes them, are not opened first for each question to learn what
   * they have.
   */
  public static String cells(LedgerDatabase database, Collection<Path> files) throws SQLException {
    boolean areAlike =
        !files.isEmpty()
            && database.haveAlike(files, EventSchema.DRIVERS.stream().map(Driver::label).toList());
    return areAlike
        ? "(SELECT * FROM " + LedgerDatabase.parquet(files) + ")"
        : EventSchema.rollups(files);
  }

  /** The files of batches after one, oldest first. */
  public static List<Path> after(Ledger.Snapshot ledger, int batch) {
    return ledger.live(Content.ROLLUP).stream()
        .filter(file -> batchOf(file) > batch)
        .map(ledger::path)
        .toList();
  }

  /** Digest of the factors that price the events of a batch of which there are any. */
  public static String factorSet(Ledger.Snapshot ledger, int batch, Pricing pricing) {
    int repriced = pricing == Pricing.CURRENT ? lastRepricing(ledger) : 0;
    int priced = batch <= repriced ? repriced : batch;
    return ledger.runs().stream()
        .filter(run -> run.batch() == priced)
        .map(Run::factorSet)
        .findFirst()
        .orElse("");
  }

  /** The batch that priced anew last, up to which all are priced by it; 0 if none did. */
  public static int lastRepricing(Ledger.Snapshot ledger) {
    return ledger.live(Content.REPRICED_ROLLUP).stream()
        .mapToInt(RollupFiles::batchOf)
        .max()
        .orElse(0);
  }

  /**
   * The batch whose events a file holds or sums, by which it is named.
   *
   * @throws LedgerException if it is named by none
   */
  public static int batchOf(SealedFile file) {
    Matcher name = NAME.matcher(file.path());
    if (!name.find()) {
      throw new LedgerException(
          "the ledger is damaged: a seal names a file of no batch: " + file.path());
    }
    return Integer.parseInt(name.group(1));
  }

  /** What tells a file from others of its batch and day, in its name; empty if it is alone. */
  static String partOf(SealedFile file) {
    Matcher name = NAME.matcher(file.path());
    String part = name.find() ? name.group(2) : null;
    return part == null ? "" : part;
  }
}
