package io.gtrace.ledger;

import io.gtrace.ledger.format.LineFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The events of some lines as numbers, and the lines that are to be judged one by one. */
final class LineEvents {
  /** As many as a portion has of lines that are not very short. */
  private static final int FIRST_EVENTS = 10_000;

  private static final int ID_HIGH = 0;
  private static final int ID_LOW = 1;
  private static final int WHEN_US = 2;
  private static final int KIND = 3;
  private static final int USER = 4;
  private static final int COUNTS = 5;
  private static final int NUMBERS = COUNTS + LineFormat.COUNTS.size();

  /** Which of the numbers of an event are there, beside its kind. */
  private static final long NAMED = 1L << 32;

  private static final long TIMED = 1L << 33;
  private static final long WITH_USER = 1L << 34;

  private long[] numbers = new long[FIRST_EVENTS * NUMBERS];
  private int size;
  private int lines;
  private long leftOut;
  private final List<Odd> odd = new ArrayList<>();

  /**
   * Lines that follow one another and are to be judged one by one.
   *
   * @param linesBefore lines before them in the same portion
   * @param from where they begin in its bytes
   * @param to where they end, exclusive
   */
  record Odd(int linesBefore, int from, int to) {}

  /** Begins an event. */
  void begin(int kind) {
    if ((size + 1) * NUMBERS > numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * numbers.length);
    }
    numbers[size * NUMBERS + KIND] = kind;
    size++;
  }

  private void set(int number, long value) {
    numbers[(size - 1) * NUMBERS + number] = value;
  }

  void id(long high, long low) {
    set(ID_HIGH, high);
    set(ID_LOW, low);
    numbers[(size - 1) * NUMBERS + KIND] |= NAMED;
  }

  void whenUs(long sinceEpoch) {
    set(WHEN_US, sinceEpoch);
    numbers[(size - 1) * NUMBERS + KIND] |= TIMED;
  }

  void user(long hash) {
    set(USER, hash);
    numbers[(size - 1) * NUMBERS + KIND] |= WITH_USER;
  }

  /**
   * @param place in {@link LineFormat#COUNTS}
   */
  void count(int place, long count) {
    set(COUNTS + place, count);
  }

  /** Takes back the event that was begun last. */
  void drop() {
    size--;
  }

  void line() {
    lines++;
  }

  void leaveOut() {
    leftOut++;
  }

  void odd(Odd more) {
    odd.add(more);
  }

  int size() {
    return size;
  }

  /** How many lines there were. */
  int lines() {
    return lines;
  }

  /** How many records are no usage. */
  long leftOut() {
    return leftOut;
  }

  List<Odd> odd() {
    return odd;
  }

  private long get(int event, int number) {
    return numbers[event * NUMBERS + number];
  }

  boolean isNamed(int event) {
    return (get(event, KIND) & NAMED) != 0;
  }

  long idHigh(int event) {
    return get(event, ID_HIGH);
  }

  long idLow(int event) {
    return get(event, ID_LOW);
  }

  boolean isTimed(int event) {
    return (get(event, KIND) & TIMED) != 0;
  }

  long whenUs(int event) {
    return get(event, WHEN_US);
  }

  int kind(int event) {
    return (int) get(event, KIND);
  }

  boolean hasUser(int event) {
    return (get(event, KIND) & WITH_USER) != 0;
  }

  long user(int event) {
    return get(event, USER);
  }

  long count(int event, int place) {
    return get(event, COUNTS + place);
  }
}
