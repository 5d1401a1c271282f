package io.gtrace.ledger.format;

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

  private final int[] slots;
  private final Function<FormatRecord, T> meaning;
  private @Nullable Said<T>[] table;
  private int count;

  private record Said<T>(long hash, LineCursor.Texts texts, T meaning) {}

  /**
   * @param fields what is asked of a record
   * @param meaning what a record means that has only these fields
   */
  public FieldMemory(LineFormat.Fields fields, Function<FormatRecord, T> meaning) {
    slots = fields.slots();
    this.meaning = meaning;
    table = newTable(1 << 10);
  }

  @SuppressWarnings("unchecked") // only meanings of this type are put there
  private static <T> @Nullable Said<T>[] newTable(int size) {
    return (Said<T>[]) new Said<?>[size];
  }

  /** What the line means at which a cursor stands. */
  public T of(LineCursor line) {
    long hash = line.hash(slots);
    int at = place(hash);
    for (Said<T> there = table[at]; there != null; there = table[at]) {
      if (there.hash() == hash && line.holds(slots, there.texts())) {
        return there.meaning();
      }
      at = (at + 1) & (table.length - 1);
    }
    Said<T> said = new Said<>(hash, line.copy(slots), meaning.apply(line.record(slots)));
    put(said);
    return said.meaning();
  }

  private int place(long hash) {
    return (int) (hash ^ (hash >>> 31)) & (table.length - 1);
  }

  private void put(Said<T> said) {
    if (count == MOST) {
      table = newTable(1 << 10);
      count = 0;
    } else if (2 * count >= table.length) {
      grow();
    }
    insert(said);
    count++;
  }

  private void grow() {
    @Nullable Said<T>[] before = table;
    table = newTable(2 * before.length);
    for (Said<T> each : before) {
      if (each != null) {
        insert(each);
      }
    }
  }

  private void insert(Said<T> said) {
    int at = place(said.hash());
    while (table[at] != null) {
      at = (at + 1) & (table.length - 1);
    }
    table[at] = said;
  }
}
