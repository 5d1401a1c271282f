package io.gtrace.ledger.store;

import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * The seals of all batches up to one, oldest first, each read when it is asked for: how many there
 * are, and the newest of them, are told as fast of a ledger of years. Not for sharing between
 * threads.
 */
final class SealList extends AbstractList<Seal> implements RandomAccess {
  private final LedgerFiles files;
  private final SealArchive archive;
  private final int count;

  SealList(LedgerFiles files, int count) {
    this.files = files;
    this.count = count;
    archive = new SealArchive(files);
  }

  @Override
  public Seal get(int index) {
    int number = Objects.checkIndex(index, count) + 1;
    return LedgerFiles.readSeal(files.seal(number), Ledger.sealBytes(archive, number));
  }

  @Override
  public int size() {
    return count;
  }
}
