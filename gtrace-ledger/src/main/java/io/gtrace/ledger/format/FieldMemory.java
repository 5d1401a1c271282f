package io.gtrace.ledger.format;

import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What some fields of a record mean, remembered for all records in which they say the same. It
 * forgets when there are very many. Not for sharing between threads.
 *
 * @param <T> a meaning
 */
public final class FieldMemory<T> {
  private static final int MOST = 1 << 16;
  private static final int FIRST_SIZE = 1 << 10;

  private final int[] slots;
  private final Function<FormatRecord, T> meaning;

  /** By place: a digest of what is said, where in {@link #said} that is, and what it means. */
  private long[] hashes = new long[FIRST_SIZE];

  private int[] begins = new int[FIRST_SIZE];
  private @Nullable Object[] meanings = new Object[FIRST_SIZE];

  private byte[] said = new byte[FIRST_SIZE];
  private int saidLength;
  private int count;

  /**
   * @param fields what is asked of a record
   * @param meaning what a record means that has only these fields
   */
  public FieldMemory(LineFormat.Fields fields, Function<FormatRecord, T> meaning) {
    slots = fields.slots();
    this.meaning = meaning;
  }

  /** What the line means at which a cursor stands. */
  @SuppressWarnings("unchecked") // only meanings of this type are put there
  public T of(LineCursor line) {
    long hash = line.hash(slots);
    int at = place(hash);
    for (Object there = meanings[at]; there != null; there = meanings[at]) {
      if (hashes[at] == hash && line.holds(slots, said, begins[at])) {
        return (T) there;
      }
      at = (at + 1) & (hashes.length - 1);
    }
    T means = meaning.apply(line.record(slots));
    put(hash, line.copy(slots), means);
    return means;
  }

  private int place(long hash) {
    return (int) (hash ^ (hash >>> 31)) & (hashes.length - 1);
  }

  private void put(long hash, byte[] texts, T means) {
    if (count == MOST) {
      resize(FIRST_SIZE);
    } else if (2 * count >= hashes.length) {
      grow();
    }
    int needed = saidLength + texts.length + LineCursor.SPARE_BYTES;
    if (needed > said.length) {
      said = Arrays.copyOf(said, Math.max(2 * said.length, needed));
    }
    System.arraycopy(texts, 0, said, saidLength, texts.length);
    insert(hash, saidLength, means);
    saidLength += texts.length;
    count++;
  }

  private void resize(int size) {
    hashes = new long[size];
    begins = new int[size];
    meanings = new Object[size];
    said = size == FIRST_SIZE ? new byte[FIRST_SIZE] : said;
    saidLength = size == FIRST_SIZE ? 0 : saidLength;
    count = size == FIRST_SIZE ? 0 : count;
  }

  private void grow() {
    long[] hashesBefore = hashes;
    int[] beginsBefore = begins;
    @Nullable Object[] meaningsBefore = meanings;
    resize(2 * hashesBefore.length);
    for (int i = 0; i < hashesBefore.length; i++) {
      Object there = meaningsBefore[i];
      if (there != null) {
        insert(hashesBefore[i], beginsBefore[i], there);
      }
    }
  }

  private void insert(long hash, int begin, Object means) {
    int at = place(hash);
    while (meanings[at] != null) {
      at = (at + 1) & (hashes.length - 1);
    }
    hashes[at] = hash;
    begins[at] = begin;
    meanings[at] = means;
  }
}
