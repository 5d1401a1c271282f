package io.gtrace.simulation.wave;

/**
 * Which people of a shard have noticed: one bit a person, so that the people of a shard stay in the
 * cache of a core. Where it takes several exposures, a byte counts those seen so far.
 */
final class Awareness {
  private static final int WORD_SHIFT = 6;

  private static final int WORDS_OF_LINE = 8;
  private static final int PEOPLE_OF_LINE = WORDS_OF_LINE << WORD_SHIFT;

  private final long[] noticed;
  private final byte[] seen;

  /** Written alone: or the compiler would leave out reads whose outcome nobody needs. */
  @SuppressWarnings("UnusedVariable")
  private long lastRead;

  /**
   * @param oneExposureIsEnough whether nobody needs several
   */
  Awareness(int people, boolean oneExposureIsEnough) {
    noticed = new long[(people >> WORD_SHIFT) + 1];
    seen = new byte[oneExposureIsEnough ? 0 : people];
  }

  /**
   * Reads the bits of people in order, if as many are about to be asked for that it pays: memory
   * gives them fast in order and slowly one by one.
   *
   * @param asked how many will be asked for in any order
   */
  void bringNear(int start, int people, int asked) {
    if (asked < people / (2 * PEOPLE_OF_LINE)) {
      return;
    }
    long read = 0;
    int end = (start + people) >> WORD_SHIFT;
    for (int word = start >> WORD_SHIFT; word < end; word += WORDS_OF_LINE) {
      read ^= noticed[word];
    }
    lastRead = read;
  }

  /**
   * Picks out those who have not noticed yet. Somebody named twice may be picked twice.
   *
   * @param from place of the first who is asked about
   * @param count how many are
   * @param unaware takes those picked
   * @return their number
   */
  int pickUnaware(int[] people, int from, int count, int[] unaware) {
    int picked = 0;
    for (int i = from; i < from + count; i++) {
      int person = people[i];
      // Always written, sometimes kept: a branch would be guessed wrong half of the time.
      unaware[picked] = person;
      picked += (int) (~noticed[person >> WORD_SHIFT] >>> person) & 1;
    }
    return picked;
  }

  boolean hasNoticed(int person) {
    return (noticed[person >> WORD_SHIFT] >>> person & 1) != 0;
  }

  /** People notice; keeps those of a column who do so for the first time, and returns how many. */
  int notice(int[] people, int count) {
    long[] bits = noticed;
    int noticing = 0;
    for (int i = 0; i < count; i++) {
      int person = people[i];
      long word = bits[person >> WORD_SHIFT];
      people[noticing] = person;
      noticing += (int) (~word >>> person) & 1;
      bits[person >> WORD_SHIFT] = word | 1L << person;
    }
    return noticing;
  }

  /** Counts an exposure of one who needs several; returns how many that makes. */
  int see(int person) {
    return ++seen[person];
  }
}
