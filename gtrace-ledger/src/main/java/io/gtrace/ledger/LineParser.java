package io.gtrace.ledger;

import io.gtrace.activity.Activity;
import io.gtrace.activity.Embedding;
import io.gtrace.activity.TextGeneration;
import io.gtrace.ledger.format.FieldMemory;
import io.gtrace.ledger.format.FormatRecord;
import io.gtrace.ledger.format.LineCursor;
import io.gtrace.ledger.format.LineFormat;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads portions of JSON lines as events. A line is taken only if it is certainly right and priced
 * by its tokens; any other is left to the reader that judges each record. Not for sharing between
 * threads.
 */
final class LineParser {
  private static final long MOST_TOKENS = 500_000_000;
  private static final long MOST_REQUESTS = 1_000_000_000;
  private static final int REQUESTS = LineFormat.COUNTS.indexOf(UsageColumn.REQUESTS);
  private static final int INPUT = LineFormat.COUNTS.indexOf(UsageColumn.INPUT_TOKENS);
  private static final int OUTPUT = LineFormat.COUNTS.indexOf(UsageColumn.OUTPUT_TOKENS);

  private final LineCursor cursor;
  private final FieldMemory<Meaning> kinds;
  private final FieldMemory<Optional<Long>> users;
  private final LineCursor.Span span = new LineCursor.Span();
  private final LineTimes times = new LineTimes();
  private final EventId id;
  private final long earliestUs;
  private final long latestUs;
  private final long[] counts = new long[LineFormat.COUNTS.size()];

  /** What becomes of records with certain texts. */
  private sealed interface Meaning {}

  private record Kind(int number, boolean embedding) implements Meaning {}

  private enum Other implements Meaning {
    NO_USAGE,
    TO_BE_JUDGED
  }

  /** Finds out what records mean; shared between threads. */
  static final class Meanings {
    private final EventStage stage;
    private final UsageReader reader;
    private final Map<UsageColumn, String> defaults;

    /**
     * @param defaults hold where a record does not say otherwise
     * @param reader judges what records name
     */
    Meanings(EventStage stage, UsageReader reader, Map<UsageColumn, String> defaults) {
      this.stage = stage;
      this.reader = reader;
      this.defaults = defaults;
    }

    private synchronized Meaning kind(FormatRecord record) {
      if (!record.isKept()) {
        return Other.NO_USAGE;
      }
      RowValues values = new RowValues();
      record.columnsInto(values);
      values.put(UsageColumn.INPUT_TOKENS, "0");
      values.put(UsageColumn.OUTPUT_TOKENS, "0");
      UsageRow row = values.row(0, defaults);
      try {
        Activity example = reader.parser().parse(row);
        reader.priced(example);
        boolean byToken = example instanceof TextGeneration || example instanceof Embedding;
        return byToken && row.faults().isEmpty()
            ? new Kind(stage.kind(EventKind.of(example)), example instanceof Embedding)
            : Other.TO_BE_JUDGED;
      } catch (RefusedRowException refused) {
        return Other.TO_BE_JUDGED;
      }
    }

    private synchronized Optional<Long> user(FormatRecord record) {
      RowValues values = new RowValues();
      record.columnsInto(values);
      String user = values.row(0, defaults).text(UsageColumn.USER);
      return user.isEmpty() ? Optional.empty() : Optional.of(stage.userHash(user));
    }
  }

  /**
   * @param earliest no usage can be earlier
   * @param latest no usage can be later
   */
  LineParser(LineFormat format, Meanings meanings, Instant earliest, Instant latest) {
    cursor = new LineCursor(format);
    id = meanings.stage.newId();
    kinds = new FieldMemory<>(format.meaning(), meanings::kind);
    users = new FieldMemory<>(format.user(), meanings::user);
    earliestUs = ChronoUnit.MICROS.between(Instant.EPOCH, earliest);
    latestUs = ChronoUnit.MICROS.between(Instant.EPOCH, latest);
  }

  /**
   * Reads whole lines.
   *
   * @param text has {@link LineCursor#SPARE_BYTES} zeros after its end
   */
  LineEvents parse(byte[] text, int end) {
    LineEvents events = new LineEvents();
    int oddFrom = -1;
    int oddTo = 0;
    int linesBeforeOdd = 0;
    for (int from = 0; from < end; ) {
      int to = LineCursor.endOfLine(text, from, end);
      if (!LineCursor.isBlank(text, from, to)) {
        boolean taken = take(text, from, to, events);
        if (!taken && oddFrom < 0) {
          oddFrom = from;
          linesBeforeOdd = events.lines();
        } else if (taken && oddFrom >= 0) {
          events.odd(new LineEvents.Odd(linesBeforeOdd, oddFrom, oddTo));
          oddFrom = -1;
        }
      }
      events.line();
      from = Math.min(end, to + 1);
      oddTo = from;
    }
    if (oddFrom >= 0) {
      events.odd(new LineEvents.Odd(linesBeforeOdd, oddFrom, end));
    }
    return events;
  }

  /** Returns whether the line has been dealt with. */
  private boolean take(byte[] text, int from, int to, LineEvents events) {
    if (!cursor.read(text, from, to)) {
      return false;
    }
    Meaning meaning = kinds.of(cursor);
    if (meaning == Other.NO_USAGE) {
      events.leaveOut();
      return true;
    }
    if (!(meaning instanceof Kind kind) || !readCounts(kind)) {
      return false;
    }
    events.begin(kind.number());
    if (!takeId(events) || !takeTime(events)) {
      events.drop();
      return false;
    }
    users.of(cursor).ifPresent(events::user);
    for (int place = 0; place < counts.length; place++) {
      events.count(place, counts[place]);
    }
    return true;
  }

  private boolean readCounts(Kind kind) {
    boolean told = false;
    for (int place = 0; place < counts.length; place++) {
      long count = cursor.count(place);
      boolean absent = count == LineCursor.ABSENT;
      told |= !absent && (place == INPUT || (place == OUTPUT && !kind.embedding()));
      if (place == REQUESTS) {
        count = absent ? 1 : count;
        if (count < 1 || count > MOST_REQUESTS) {
          return false;
        }
      } else {
        count = absent ? 0 : count;
        if (count < 0 || count > MOST_TOKENS) {
          return false;
        }
      }
      counts[place] = kind.embedding() && place > INPUT ? 0 : count;
    }
    return told;
  }

  private boolean takeId(LineEvents events) {
    if (!cursor.requestId(span)) {
      return false;
    }
    if (BucketRevisions.isBucket(cursor.bytes(), span.start(), span.end())) {
      // It tells its time, and with that what it may overlap.
      return false;
    }
    if (span.length() > 0) {
      id.of(cursor.bytes(), span.start(), span.length());
      events.id(id.high(), id.low());
    }
    return true;
  }

  private boolean takeTime(LineEvents events) {
    if (!cursor.when(span)) {
      return false;
    }
    if (span.length() == 0) {
      return true;
    }
    long whenUs = times.read(cursor.bytes(), span.start(), span.end());
    if (whenUs < earliestUs || whenUs > latestUs) {
      return false;
    }
    events.whenUs(whenUs);
    return true;
  }

  /** Names of fields that were met so far, of which something is wanted or not. */
  Set<String> names(boolean wanted) {
    return cursor.names(wanted);
  }
}
