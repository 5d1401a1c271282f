package io.gtrace.ledger;

import io.gtrace.activity.Activity;
import io.gtrace.activity.Attribution;
import io.gtrace.activity.Driver;
import io.gtrace.activity.Embedding;
import io.gtrace.activity.Modality;
import io.gtrace.activity.TextGeneration;
import io.gtrace.activity.Training;
import io.gtrace.activity.Volumes;
import io.gtrace.ledger.store.EventSchema;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.UserKey;
import io.gtrace.ratecard.CardRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.duckdb.DuckDBAppender;

/**
 * Events on their way into a batch, as tables of the embedded database: {@code stage_event}, and
 * {@code stage_amount} for what only events that are not priced by their tokens have. Not for
 * sharing between threads.
 */
final class EventStage implements AutoCloseable {
  private final LedgerDatabase database;
  private final UserKey users;
  private DuckDBAppender events;
  private DuckDBAppender amounts;
  private int source;
  private long rows;
  private long rowsWithAmounts;

  EventStage(LedgerDatabase database, UserKey users) throws SQLException {
    this.database = database;
    this.users = users;
    database.execute(
        "CREATE TABLE stage_event (source INTEGER, row_no BIGINT, request_id VARCHAR, "
            + EventSchema.definitions(EventSchema.COMMON_COLUMNS)
            + ")");
    database.execute(
        "CREATE TABLE stage_amount (row_no BIGINT, "
            + EventSchema.definitions(EventSchema.AMOUNT_COLUMNS)
            + ")");
    events = database.appender("stage_event");
    amounts = database.appender("stage_amount");
  }

  /** What comes from now on is of another source. */
  void nextSource() {
    source++;
  }

  /** Number of the source that is being read. */
  int source() {
    return source;
  }

  /** Rows that wait for a batch. */
  long rows() {
    return rows;
  }

  boolean hasAmounts() {
    return rowsWithAmounts > 0;
  }

  void add(UsageRow asWritten, Activity activity, CardRow row) {
    try {
      boolean byToken = activity instanceof TextGeneration || activity instanceof Embedding;
      appendEvent(asWritten, activity, row, byToken);
      rows++;
      if (!byToken) {
        appendAmounts(asWritten, activity.volumes(row.defaults()));
        rowsWithAmounts++;
      }
    } catch (SQLException notTaken) {
      throw new UncheckedIOException(
          new IOException(
              "the database does not take an event: " + LedgerDatabase.reason(notTaken), notTaken));
    }
  }

  private void appendEvent(UsageRow asWritten, Activity activity, CardRow row, boolean byToken)
      throws SQLException {
    Attribution who = activity.context().who();
    events.beginRow();
    events.append(source);
    events.append(rows);
    events.append(asWritten.text(UsageColumn.REQUEST_ID));
    Optional<Instant> when = activity.context().when();
    if (when.isPresent()) {
      events.appendEpochMicros(ChronoUnit.MICROS.between(Instant.EPOCH, when.get()));
    } else {
      events.appendNull();
    }
    events.append(activity.modality().label());
    events.append(activity.model());
    events.append(activity.context().site().label());
    events.append(who.team());
    events.append(who.app());
    if (who.user().isEmpty()) {
      events.appendNull();
    } else {
      // The database reads the bits as a number without a sign.
      events.append(users.hash(who.user()));
    }
    appendTokens(activity, byToken ? 0 : requests(activity, row));
    if (activity instanceof Training training) {
      events.append(training.accelerator());
    } else {
      events.appendNull();
    }
    events.endRow();
  }

  private static long requests(Activity activity, CardRow row) {
    return activity.modality() == Modality.TRAINING
        ? 0
        : Math.round(activity.volumes(row.defaults()).get(Driver.REQUESTS));
  }

  private void appendTokens(Activity activity, long requests) throws SQLException {
    if (activity instanceof TextGeneration text) {
      appendTokens(
          text.requests(),
          text.inputTokens(),
          text.cachedInputTokens(),
          text.outputTokens(),
          text.reasoningTokens());
    } else if (activity instanceof Embedding embedding) {
      appendTokens(embedding.requests(), embedding.inputTokens(), 0, 0, 0);
    } else {
      appendTokens(requests, 0, 0, 0, 0);
    }
  }

  private void appendTokens(long... counts) throws SQLException {
    for (long count : counts) {
      events.append(count);
    }
  }

  private void appendAmounts(UsageRow asWritten, Volumes volumes) throws SQLException {
    amounts.beginRow();
    amounts.append(rows - 1);
    for (String name : EventSchema.REPORTED_AMOUNTS) {
      String text = UsageColumn.named(name).map(asWritten::text).orElse("");
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
  }

  /** Rows that the database itself put into {@code stage_event}. */
  void loaded(long more) {
    rows += more;
  }

  /** Forgets what waits: it is in a batch, or was not meant to stay. */
  void clear() throws SQLException {
    events.close();
    amounts.close();
    database.execute("TRUNCATE stage_event");
    database.execute("TRUNCATE stage_amount");
    events = database.appender("stage_event");
    amounts = database.appender("stage_amount");
    rows = 0;
    rowsWithAmounts = 0;
  }

  @Override
  public void close() throws SQLException {
    events.close();
    amounts.close();
  }
}
