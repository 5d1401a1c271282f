package io.gtrace.ledger;

/** Told how far the reading of usage has come. Calls come from the reading thread. */
@FunctionalInterface
public interface Reading {
  /** Tells nobody. */
  Reading SILENT = (bytes, of, activities) -> {};

  /**
   * @param bytes read so far, of the file as stored or, if it is compressed, of its content
   * @param of size of the file as stored
   * @param activities accounted so far
   */
  void progress(long bytes, long of, long activities);
}
