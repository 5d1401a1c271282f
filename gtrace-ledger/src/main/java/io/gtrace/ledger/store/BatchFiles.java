package io.gtrace.ledger.store;

import io.gtrace.ledger.store.SealedFile.Content;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Where the files of a batch in the making go. */
public interface BatchFiles {
  /** The ledger as it is before the batch. */
  Ledger.Snapshot snapshot();

  /** Number of the batch. */
  int nextBatch();

  /** Where a file of the batch is to be written; its folder is there. */
  Path fileFor(Content content, String part);

  /** Makes a written file last through a power cut; several threads may do so for theirs. */
  SealedFile lasting(Content content, Path file, long rows, Map<String, Double> sums);

  /** Makes a file that lasts part of the batch. */
  void add(SealedFile lasting);

  /** Makes a written file part of the batch. */
  default void add(Content content, Path file, long rows, Map<String, Double> sums) {
    add(lasting(content, file, rows, sums));
  }

  /** Files of events of the batch that were written before, which may hold what comes again. */
  List<Path> earlierEvents();

  /** Whether the card that prices the batch belongs to these files, or is written elsewhere. */
  boolean holdCard();
}
