package io.gtrace.simulation.wave;

/**
 * How people are cut into shards: by their number, as even as powers of two allow. The cut depends
 * on the number of people alone, so results do not depend on the machine.
 *
 * @param people all of them
 * @param shift a shard holds 2^shift people
 */
record Shards(long people, int shift) {
  /** A shard of four million people of one bit each stays in the cache of a core. */
  private static final int LARGEST_SHIFT = 22;

  private static final int SMALLEST_SHIFT = 8;

  /** Enough to keep the threads of any usual machine busy. */
  private static final int WANTED = 32;

  static Shards of(long people) {
    int shift = 64 - Long.numberOfLeadingZeros(Math.max(1, people / WANTED));
    return new Shards(people, Math.max(SMALLEST_SHIFT, Math.min(LARGEST_SHIFT, shift)));
  }

  int count() {
    return Math.toIntExact((people + (1L << shift) - 1) >>> shift);
  }

  long first(int shard) {
    return (long) shard << shift;
  }

  int size(int shard) {
    return (int) Math.min(1L << shift, people - first(shard));
  }

  int shardOf(long person) {
    return (int) (person >>> shift);
  }

  int within(long person) {
    return (int) (person & ((1L << shift) - 1));
  }
}
