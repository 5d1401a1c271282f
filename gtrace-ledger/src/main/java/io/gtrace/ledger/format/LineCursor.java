package io.gtrace.ledger.format;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Reads one line after another, each a JSON object, and remembers where in the bytes the wanted
 * fields are. What is not plain and certainly right it leaves to a reader that judges records one
 * by one: broken JSON, fields that are there twice, wanted fields that are lists or have escapes.
 * Not for sharing between threads.
 */
public final class LineCursor {
  /** How many bytes must follow those that are read. */
  public static final int SPARE_BYTES = LineBytes.SPARE;

  /** The record does not tell a number. */
  public static final long ABSENT = LineAmount.ABSENT;

  /** A number is to be judged by its text. */
  public static final long ODD = LineAmount.ODD;

  private static final int MOST_DEPTH = 64;
  private static final int MOST_DIGITS = 17;
  private static final int MOST_NUMBER_BYTES = 100;
  private static final int NOT_THERE = -1;

  private final LineFormat lines;
  private final LineAmount[] counts;
  private final LineNames root;
  private final int[] from;
  private final int[] to;

  /** In which line a slot was last filled. */
  private final long[] filledIn;

  private long line;
  private byte[] bytes = new byte[LineBytes.SPARE];
  private boolean plainString;

  public LineCursor(LineFormat lines) {
    this.lines = lines;
    counts = lines.counts().toArray(LineAmount[]::new);
    root = new LineNames(lines.format().root(), lines::fieldNamed);
    int slots = lines.format().slotCount();
    from = new int[slots];
    to = new int[slots];
    filledIn = new long[slots];
  }

  /**
   * Reads a line.
   *
   * @param text has {@link #SPARE_BYTES} more bytes than the line
   * @return whether it is plain; if not, nothing can be asked of it
   */
  public boolean read(byte[] text, int start, int end) {
    bytes = text;
    line++;
    int at = blanks(start);
    if (at >= end || bytes[at] != '{') {
      return false;
    }
    at = object(at + 1, root, 0);
    return at != LineBytes.ODD && at <= end && blanks(at) == end && !has(lines.others());
  }

  /**
   * Where a line ends: at its line feed, or with the text.
   *
   * @param text has {@link #SPARE_BYTES} more bytes than are looked at
   */
  public static int endOfLine(byte[] text, int start, int end) {
    return Math.min(end, LineBytes.nextLineFeed(text, start, end));
  }

  /** Whether there is nothing but blanks in a line. */
  public static boolean isBlank(byte[] text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (text[i] != ' ' && text[i] != '\t' && text[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  private int blanks(int start) {
    int at = start;
    while (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r') {
      at++;
    }
    return at;
  }

  /** Where an object ends of which the bracket has been read. */
  private int object(int start, LineNames names, int depth) {
    int at = blanks(start);
    if (bytes[at] == '}') {
      return at + 1;
    }
    int place = 0;
    while (depth < MOST_DEPTH && bytes[at] == '"') {
      int name = at + 1;
      int end = string(name);
      if (end == LineBytes.ODD || !plainString) {
        return LineBytes.ODD;
      }
      at = blanks(end + 1);
      if (bytes[at] != ':') {
        return LineBytes.ODD;
      }
      at = value(blanks(at + 1), names.child(bytes, name, end, place++), depth);
      if (at == LineBytes.ODD) {
        return at;
      }
      at = blanks(at);
      if (bytes[at] == '}') {
        return at + 1;
      }
      if (bytes[at] != ',') {
        return LineBytes.ODD;
      }
      at = blanks(at + 1);
    }
    return LineBytes.ODD;
  }

  private int value(int at, LineNames wanted, int depth) {
    return switch (bytes[at]) {
      case '"' -> text(at + 1, wanted);
      case '{' -> {
        if (!wanted.isWanted()) {
          yield unwanted(at, depth);
        }
        yield wanted.hasSlot() ? LineBytes.ODD : object(at + 1, wanted, depth + 1);
      }
      case '[' -> wanted.isWanted() ? LineBytes.ODD : unwanted(at, depth);
      case 'n' -> word(at, "null");
      case 't' -> found(wanted, at, word(at, "true"));
      case 'f' -> found(wanted, at, word(at, "false"));
      default -> number(at, wanted);
    };
  }

  private int text(int start, LineNames wanted) {
    int end = string(start);
    if (end == LineBytes.ODD) {
      return end;
    }
    // An object may be written as a text.
    boolean mayHoldJson = wanted.hasChildren() && end > start;
    if (wanted.isWanted() && (!plainString || mayHoldJson)) {
      return LineBytes.ODD;
    }
    return found(wanted, start, end) == LineBytes.ODD ? LineBytes.ODD : end + 1;
  }

  private int number(int start, LineNames wanted) {
    int end = LineBytes.afterNumber(bytes, start);
    return end == LineBytes.ODD || end - start > MOST_NUMBER_BYTES
        ? LineBytes.ODD
        : found(wanted, start, end);
  }

  private int found(LineNames wanted, int start, int end) {
    if (end == LineBytes.ODD || !wanted.hasSlot()) {
      return end;
    }
    int slot = wanted.slot();
    if (filledIn[slot] == line) {
      return LineBytes.ODD;
    }
    filledIn[slot] = line;
    from[slot] = start;
    to[slot] = end;
    return end;
  }

  private int word(int start, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (bytes[start + i] != word.charAt(i)) {
        return LineBytes.ODD;
      }
    }
    return start + word.length();
  }

  /** Where the quote is that ends a string. */
  private int string(int start) {
    plainString = true;
    int at = LineBytes.nextSpecial(bytes, start);
    while (bytes[at] != '"') {
      if (bytes[at] == '\\') {
        plainString = false;
        at = LineBytes.afterEscape(bytes, at);
      } else {
        at = bytes[at] < 0 ? LineBytes.afterSign(bytes, at) : LineBytes.ODD;
      }
      if (at == LineBytes.ODD) {
        return at;
      }
      at = LineBytes.nextSpecial(bytes, at);
    }
    return at;
  }

  /** Where an object or list ends of which nothing is wanted; it must be right nevertheless. */
  private int unwanted(int start, int depth) {
    if (depth >= MOST_DEPTH) {
      return LineBytes.ODD;
    }
    boolean list = bytes[start] == '[';
    int close = list ? ']' : '}';
    int at = blanks(start + 1);
    if (bytes[at] == close) {
      return at + 1;
    }
    while (true) {
      if (!list) {
        int end = bytes[at] == '"' ? string(at + 1) : LineBytes.ODD;
        at = end == LineBytes.ODD ? at : blanks(end + 1);
        if (end == LineBytes.ODD || bytes[at] != ':') {
          return LineBytes.ODD;
        }
        at = blanks(at + 1);
      }
      at = unwantedValue(at, depth);
      if (at == LineBytes.ODD) {
        return at;
      }
      at = blanks(at);
      if (bytes[at] == close) {
        return at + 1;
      }
      if (bytes[at] != ',') {
        return LineBytes.ODD;
      }
      at = blanks(at + 1);
    }
  }

  private int unwantedValue(int at, int depth) {
    return switch (bytes[at]) {
      case '"' -> {
        int end = string(at + 1);
        yield end == LineBytes.ODD ? end : end + 1;
      }
      case '{', '[' -> unwanted(at, depth + 1);
      case 'n' -> word(at, "null");
      case 't' -> word(at, "true");
      case 'f' -> word(at, "false");
      default -> LineBytes.afterNumber(bytes, at);
    };
  }

  private boolean has(int[] slots) {
    for (int slot : slots) {
      if (filledIn[slot] == line) {
        return true;
      }
    }
    return false;
  }

  /** A number in a slot, written in digits alone. */
  long number(int slot) {
    if (filledIn[slot] != line) {
      return ABSENT;
    }
    int start = from[slot];
    int end = to[slot];
    if (end == start || end - start > MOST_DIGITS) {
      return ODD;
    }
    long number = 0;
    for (int i = start; i < end; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return ODD;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  /**
   * One of {@link LineFormat#COUNTS}, by its place there: from 0, {@link #ABSENT} or {@link #ODD}.
   */
  public long count(int place) {
    return counts[place].of(this);
  }

  /** Where a text is in the bytes of the line. */
  public static final class Span {
    private int start;
    private int end;

    public int start() {
      return start;
    }

    /** The end, exclusive. */
    public int end() {
      return end;
    }

    public int length() {
      return end - start;
    }
  }

  /**
   * Finds the time of the record.
   *
   * @return false if it has blanks around it; where there is none, the span is empty
   */
  public boolean when(Span span) {
    return single(lines.when(), span);
  }

  /**
   * Finds the request id of the record.
   *
   * @return false if it has blanks around it; where there is none, the span is empty
   */
  public boolean requestId(Span span) {
    return single(lines.requestId(), span);
  }

  private boolean single(int[] slots, Span span) {
    span.start = 0;
    span.end = 0;
    for (int slot : slots) {
      if (filledIn[slot] == line && to[slot] > from[slot]) {
        span.start = from[slot];
        span.end = to[slot];
        // Signs beyond ASCII may be blanks too.
        return bytes[span.start] > ' ' && bytes[span.end - 1] > ' ';
      }
    }
    return true;
  }

  /** The bytes among which the line is. */
  public byte[] bytes() {
    return bytes;
  }

  long hash(int[] slots) {
    long hash = slots.length;
    for (int slot : slots) {
      hash =
          filledIn[slot] == line
              ? LineBytes.longHash(hash, bytes, from[slot], to[slot])
              : hash * 31 + 7;
    }
    return hash;
  }

  /**
   * Whether slots hold what {@link #copy} wrote down.
   *
   * @param texts has {@link #SPARE_BYTES} more bytes than that
   */
  boolean holds(int[] slots, byte[] texts, int begin) {
    int at = begin;
    for (int slot : slots) {
      int length = length(slot);
      if (LineBytes.number(texts, at) != length) {
        return false;
      }
      at += Integer.BYTES;
      if (length > 0) {
        if (!LineBytes.same(texts, at, bytes, from[slot], length)) {
          return false;
        }
        at += length;
      }
    }
    return true;
  }

  private int length(int slot) {
    return filledIn[slot] == line ? to[slot] - from[slot] : NOT_THERE;
  }

  /** Writes down the texts of slots, each after its length. */
  byte[] copy(int[] slots) {
    int size = 0;
    for (int slot : slots) {
      size += Integer.BYTES + Math.max(0, length(slot));
    }
    byte[] texts = new byte[size];
    int at = 0;
    for (int slot : slots) {
      int length = length(slot);
      LineBytes.putNumber(texts, at, length);
      at += Integer.BYTES;
      if (length > 0) {
        System.arraycopy(bytes, from[slot], texts, at, length);
        at += length;
      }
    }
    return texts;
  }

  /** The record as far as these slots tell it. */
  FormatRecord record(int[] slots) {
    FieldValues fields = new FieldValues(lines.format().slotCount(), line);
    for (int slot : slots) {
      if (filledIn[slot] == line) {
        fields.put(
            slot, new String(bytes, from[slot], to[slot] - from[slot], StandardCharsets.UTF_8));
      }
    }
    return new FormatRecord(lines.format(), fields);
  }

  /** Names of fields that were met so far, of which something is wanted or not. */
  public Set<String> names(boolean wanted) {
    return root.met(wanted);
  }
}
