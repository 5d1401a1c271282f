package io.gtrace.ledger;

import io.gtrace.activity.Activity;
import io.gtrace.activity.Driver;
import io.gtrace.activity.Embedding;
import io.gtrace.activity.Modality;
import io.gtrace.activity.TextGeneration;
import io.gtrace.activity.Volumes;
import io.gtrace.ledger.format.FormatDefinition;
import io.gtrace.ledger.format.LineFormat;
import io.gtrace.ledger.store.EventSchema;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.UserKey;
import io.gtrace.ratecard.CardRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.duckdb.DuckDBAppender;

/**
 * Events on their way into a batch, as tables of the embedded database: {@code stage_event}, its
 * texts in {@code stage_kind}, and {@code stage_amount} for what only events that are not priced by
 * their tokens have. Only kinds and hashes of users may be asked for by several threads.
 */
final class EventStage implements AutoCloseable {
  private static final List<Optional<UsageColumn>> REPORTED =
      EventSchema.REPORTED_AMOUNTS.stream().map(UsageColumn::named).toList();

  /** Kept from batch to batch. */
  private static final int MOST_KINDS = 100_000;

  private final LedgerDatabase database;
  private final UserKey users;
  private final Map<EventKind, Integer> kinds = new HashMap<>();
  private final List<EventKind> newKinds = new ArrayList<>();
  private final EventId id;
  private final SeenIds ids = new SeenIds();
  private final ArrivingEvents events;
  private DuckDBAppender amounts;
  private int source;
  private long rows;
  private long rowsWithAmounts;
  private long nameless;
  private boolean mayRepeat;
  private int batch;

  /** Whether someone out of sight holds numbers of kinds. */
  private boolean kindsHeld;

  /** Rows of metered buckets. */
  private final List<Long> buckets = new ArrayList<>();

  private final BucketOverlaps overlaps;

  EventStage(LedgerDatabase database, UserKey users) throws SQLException {
    this.database = database;
    this.users = users;
    id = newId();
    database.execute(
        "CREATE TABLE stage_event (source INTEGER, row_no BIGINT, id UUID, kind INTEGER, "
            + EventSchema.definitions(EventSchema.SINGLE_COLUMNS)
            + ")");
    database.execute(
        "CREATE TABLE stage_kind (kind INTEGER, "
            + EventSchema.definitions(EventSchema.KIND_COLUMNS)
            + ")");
    database.execute(
        "CREATE TABLE stage_amount (row_no BIGINT, "
            + EventSchema.definitions(EventSchema.AMOUNT_COLUMNS)
            + ")");
    events = new ArrivingEvents(database);
    amounts = database.appender("stage_amount");
    overlaps = new BucketOverlaps(database);
  }

  /** The number of a kind of events. */
  synchronized int kind(EventKind kind) {
    return kinds.computeIfAbsent(
        kind,
        each -> {
          newKinds.add(each);
          return kinds.size();
        });
  }

  /** Whether numbers of kinds are held for longer than a batch takes, as by who reads lines. */
  synchronized void holdKinds(boolean held) {
    kindsHeld = held;
  }

  /** Whoever writes the id of a trace into the name of a team has no end of kinds. */
  private synchronized void forgetManyKinds() throws SQLException {
    if (!kindsHeld && kinds.size() > MOST_KINDS) {
      kinds.clear();
      newKinds.clear();
      database.execute("TRUNCATE stage_kind");
    }
  }

  /** What makes ids of request ids, for one thread. */
  EventId newId() {
    return new EventId(users.idSecret());
  }

  /** The number that stands for a user. */
  synchronized long userHash(String user) {
    return users.hash(user);
  }

  /** What comes from now on is of another source. */
  void nextSource() {
    source++;
  }

  /** Whether an id may be there twice. */
  boolean mayRepeat() {
    return mayRepeat;
  }

  /** Whether there are events without a request id. */
  boolean hasNameless() {
    return nameless > 0;
  }

  /** Number of the source that is being read. */
  int source() {
    return source;
  }

  /** Rows that wait for a batch. */
  long rows() {
    return rows;
  }

  /** The rows of metered buckets, which may come again with larger counts. */
  List<Long> buckets() {
    return Collections.unmodifiableList(buckets);
  }

  /** What is taken back has amounts, though what was read may have none. */
  void expectAmounts() {
    rowsWithAmounts++;
  }

  boolean hasAmounts() {
    return rowsWithAmounts > 0;
  }

  void add(UsageRow asWritten, Activity activity, CardRow row) {
    String requestId = asWritten.text(UsageColumn.REQUEST_ID);
    boolean byToken = activity instanceof TextGeneration || activity instanceof Embedding;
    begin(kind(EventKind.of(activity)));
    if (!requestId.isEmpty()) {
      id.of(users.hasPlainIds() ? withoutAttributes(requestId) : requestId);
    }
    identify(!requestId.isEmpty(), id.high(), id.low());
    if (asWritten.growing() || BucketRevisions.isBucket(requestId)) {
      noteBucket();
      noteTime(requestId);
    }
    activity
        .context()
        .when()
        .ifPresent(when -> events.whenUs(ChronoUnit.MICROS.between(Instant.EPOCH, when)));
    String user = activity.context().who().user();
    if (!user.isEmpty()) {
      events.user(userHash(user));
    }
    addTokens(activity, byToken ? 0 : requests(activity, row));
    rows++;
    if (!byToken) {
      try {
        appendAmounts(asWritten, activity.volumes(row.defaults()));
      } catch (SQLException notTaken) {
        throw notTaken(notTaken);
      }
      rowsWithAmounts++;
    }
  }

  /** Adds one of the events of some lines. */
  void add(LineEvents lines, int event) {
    begin(lines.kind(event));
    identify(lines.isNamed(event), lines.idHigh(event), lines.idLow(event));
    if (lines.isTimed(event)) {
      events.whenUs(lines.whenUs(event));
    }
    if (lines.hasUser(event)) {
      events.user(lines.user(event));
    }
    for (int place = 0; place < LineFormat.COUNTS.size(); place++) {
      events.count(place, lines.count(event, place));
    }
    rows++;
  }

  private static String withoutAttributes(String requestId) {
    int attributes = requestId.indexOf(FormatDefinition.ATTRIBUTES);
    return attributes < 0 ? requestId : requestId.substring(0, attributes);
  }

  private void identify(boolean named, long high, long low) {
    if (named) {
      events.id(high, low);
      mayRepeat |= ids.mayRepeat(low);
    } else {
      nameless++;
    }
  }

  private void noteTime(String requestId) {
    Optional<BucketTime> time = BucketTime.of(requestId);
    overlaps.bucket(time);
    try {
      for (String other : time.map(BucketTime::overlapping).orElse(List.of())) {
        id.of(users.hasPlainIds() ? withoutAttributes(other) : other);
        overlaps.add(rows, id.high(), id.low());
      }
    } catch (SQLException failed) {
      throw notTaken(failed);
    }
  }

  /** The buckets of other widths that staged ones overlap. */
  BucketOverlaps overlaps() {
    return overlaps;
  }

  private void noteBucket() {
    buckets.add(rows);
  }

  private void begin(int kind) {
    try {
      events.begin(source, kind);
    } catch (SQLException failed) {
      throw notTaken(failed);
    }
  }

  private static UncheckedIOException notTaken(SQLException failed) {
    return new UncheckedIOException(
        new IOException(
            "the database does not take an event: " + LedgerDatabase.reason(failed), failed));
  }

  private static long requests(Activity activity, CardRow row) {
    return activity.modality() == Modality.TRAINING
        ? 0
        : Math.round(activity.volumes(row.defaults()).get(Driver.REQUESTS));
  }

  private void addTokens(Activity activity, long requests) {
    if (activity instanceof TextGeneration text) {
      addTokens(
          text.requests(),
          text.inputTokens(),
          text.cachedInputTokens(),
          text.outputTokens(),
          text.reasoningTokens());
    } else if (activity instanceof Embedding embedding) {
      addTokens(embedding.requests(), embedding.inputTokens(), 0, 0, 0);
    } else {
      addTokens(requests, 0, 0, 0, 0);
    }
  }

  private void addTokens(long... counts) {
    for (int place = 0; place < counts.length; place++) {
      events.count(place, counts[place]);
    }
  }

  private void appendAmounts(UsageRow asWritten, Volumes volumes) throws SQLException {
    amounts.beginRow();
    amounts.append(rows - 1);
    for (Optional<UsageColumn> column : REPORTED) {
      String text = column.map(asWritten::text).orElse("");
      if (text.isEmpty()) {
        amounts.appendNull();
      } else {
        amounts.append(Double.parseDouble(text));
      }
    }
    for (Driver driver : EventSchema.STORED_DRIVERS) {
      double volume = volumes.get(driver);
      if (volume == 0) {
        amounts.appendNull();
      } else {
        amounts.append(volume);
      }
    }
    amounts.endRow();
  }

  /** Makes all that was added visible to queries. */
  void flush() throws SQLException {
    events.flush();
    amounts.flush();
    overlaps.flush();
    try (DuckDBAppender appender = database.appender("stage_kind")) {
      flushKinds(appender);
    }
  }

  private synchronized void flushKinds(DuckDBAppender appender) throws SQLException {
    int number = kinds.size() - newKinds.size();
    for (EventKind kind : newKinds) {
      appender.beginRow().append(number);
      appender.append(kind.modality()).append(kind.model()).append(kind.site());
      appender.append(kind.team()).append(kind.app());
      if (kind.accelerator().isEmpty()) {
        appender.appendNull();
      } else {
        appender.append(kind.accelerator());
      }
      appender.endRow();
      number++;
    }
    newKinds.clear();
  }

  /** Forgets what waits: it is in a batch, or was not meant to stay. */
  void clear() throws SQLException {
    events.clear();
    amounts.close();
    database.execute("TRUNCATE stage_event");
    database.execute("TRUNCATE stage_amount");
    amounts = database.appender("stage_amount");
    rows = 0;
    rowsWithAmounts = 0;
    nameless = 0;
    mayRepeat = false;
    buckets.clear();
    overlaps.clear();
    ids.clear();
    forgetManyKinds();
    batch++;
  }

  /** Tells batches apart: one that could not be written is tried again under the same number. */
  int batch() {
    return batch;
  }

  @Override
  public void close() throws SQLException {
    amounts.close();
    overlaps.close();
  }
}
