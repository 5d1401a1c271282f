package io.gtrace.spark;

import io.gtrace.ledger.BatchAssembly;
import io.gtrace.ledger.BatchPlan;
import io.gtrace.ledger.Refusal;
import io.gtrace.ledger.UsageException;
import io.gtrace.ledger.store.Ledger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkThrowable;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * A ledger that executors write together: they read, price, and write files of events; the driver
 * seals all of a call as one batch. Every event goes in once, as with {@link
 * io.gtrace.ledger.LedgerIngest}, and whatever fails or is killed meanwhile, the ledger is as it
 * was before the call or as it is after it. Its folder must be the same for driver and executors,
 * on one machine or in a file system that all of them mount. Calls may come from several threads;
 * one waits for another.
 */
public final class SparkLedger {
  private static final String QUERY = "sql.streaming.queryId";
  private static final int MOST_DAMAGED_FILES = 100;

  private final SparkSession session;
  private final Settings settings;
  private final SharedCard card;
  private final Broadcast<SharedCard> shared;

  /**
   * What a ledger is written by.
   *
   * @param ledger its folder, which is made if there is none
   * @param factors a file of own factors, under the same path on every machine; empty for none
   * @param lockWait how long to wait for another writer
   * @param quarantine where rows go that cannot be accounted, on the driver. Each batch of a stream
   *     has a file of its own, with the query and the number of the batch before the ending
   * @param clock tells when batches are sealed; events later than it are refused. It is sent to
   *     executors
   * @param version of G-TRACE, for the seals
   */
  public record Settings(
      Path ledger,
      Optional<Path> factors,
      Duration lockWait,
      Path quarantine,
      Clock clock,
      String version) {
    /** The factors that ship, a minute for other writers, and a quarantine beside the ledger. */
    public static Settings of(Path ledger) {
      return new Settings(
          ledger,
          Optional.empty(),
          Duration.ofMinutes(1),
          Path.of(ledger + "-quarantine.jsonl"),
          Clock.systemUTC(),
          Versions.ofThis());
    }
  }

  public SparkLedger(SparkSession session, Settings settings) {
    this.session = session;
    this.settings = settings;
    card = SharedCard.of(settings.factors());
    shared = CardBroadcast.of(session, card);
  }

  /**
   * Adds what files hold.
   *
   * @param paths files, folders and patterns of Parquet and JSON lines, in any file system that
   *     Spark knows. Files may have different columns; damaged ones are told and left out
   * @throws UsageException if there are none, or none can be read
   * @throws io.gtrace.ledger.store.LedgerException if the ledger is locked or damaged
   */
  public BatchAssembly.Result add(List<String> paths) {
    UsageFileSet files = new UsageFileSet(session, paths);
    for (int damaged = 0; ; damaged++) {
      requireAny(files);
      try {
        return add(files.rows(), files.broken(), "read " + files.described(), Optional.empty());
      } catch (Exception failed) {
        // Spark throws checked exceptions that nothing declares.
        Optional<String> file = damagedFile(failed);
        if (damaged >= MOST_DAMAGED_FILES
            || file.isEmpty()
            || !files.leaveOut(
                file.get(), "is damaged: its end can be read, but not all of it; write it again")) {
          throw failed;
        }
      }
    }
  }

  private static void requireAny(UsageFileSet files) {
    if (files.size() == 0) {
      Refusal first = files.broken().get(0);
      throw new UsageException(
          first.toString()
              + (files.broken().size() > 1 ? "; nor can any of the others be read" : ""));
    }
  }

  /** The file that a job failed to read; empty if it failed otherwise. */
  private static Optional<String> damagedFile(Throwable failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof SparkThrowable told
          && String.valueOf(told.getCondition()).startsWith("FAILED_READ_FILE")) {
        return Optional.ofNullable(told.getMessageParameters().get("path"));
      }
    }
    return Optional.empty();
  }

  /**
   * Adds rows whose columns are named as those of usage files.
   *
   * @param reason for people who read the seals
   */
  public BatchAssembly.Result add(Dataset<Row> usage, String reason) {
    return add(
        UsageFrames.of(usage, Map.of(), UsageFrames.Origin.named(reason)),
        List.of(),
        reason,
        Optional.empty());
  }

  /**
   * Adds what comes through a stream, a batch with each of its own: exactly once, since a seal
   * names the last batch of the query that is in the ledger, and events are known by their ids.
   * Nothing is kept in the state of the query. Events may come in any order and late; each goes
   * into its day. They need request ids: without, those that say the same count once.
   *
   * @param usage rows whose columns are named as those of usage files, or messages of a topic with
   *     a JSON object in {@code value}
   * @param name for people who read the seals
   * @param checkpoint where the query keeps how far it is; the ledger knows it by that
   * @param trigger how often; a batch of some seconds or more is worth its files
   */
  public StreamingQuery stream(Dataset<Row> usage, String name, String checkpoint, Trigger trigger)
      throws TimeoutException {
    boolean messages = List.of(usage.columns()).contains("value");
    Dataset<Row> rows = messages ? UsageFrames.ofMessages(usage) : usage;
    VoidFunction2<Dataset<Row>, Long> sink = (batch, number) -> addBatch(batch, name, number);
    return rows.writeStream()
        .queryName(name)
        .option("checkpointLocation", checkpoint)
        .trigger(trigger)
        .foreachBatch(sink)
        .start();
  }

  private void addBatch(Dataset<Row> batch, String name, long number) {
    @Nullable String query = batch.sparkSession().sparkContext().getLocalProperty(QUERY);
    StreamBatch of = new StreamBatch("spark:" + query, number);
    add(
        UsageFrames.of(batch, Map.of(), UsageFrames.inStream(batch, name)),
        List.of(),
        "streamed by " + name,
        Optional.of(of));
  }

  /**
   * A batch of a stream.
   *
   * @param query names the query, whenever it is started again
   */
  private record StreamBatch(String query, long number) {
    boolean isIn(BatchAssembly ledger) {
      return ledger.mark(query).filter(sealed -> Long.parseLong(sealed) >= number).isPresent();
    }

    Map<String, String> mark() {
      return Map.of(query, Long.toString(number));
    }

    /** A file of its own, the same if Spark tells the batch again. */
    Path quarantine(Path ofAll) {
      String name = String.valueOf(ofAll.getFileName());
      int end = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length();
      String shortly = query.substring(query.indexOf(':') + 1).split("-", 2)[0];
      return ofAll.resolveSibling(
          name.substring(0, end) + "-" + shortly + "-" + number + name.substring(end));
    }
  }

  private synchronized BatchAssembly.Result add(
      Dataset<Row> rows, List<Refusal> broken, String reason, Optional<StreamBatch> stream) {
    Ledger ledger = Ledger.openOrCreate(settings.ledger());
    try (BatchAssembly assembly =
        new BatchAssembly(
            ledger, settings.lockWait(), settings.clock(), card.card(), settings.version())) {
      if (stream.filter(batch -> batch.isIn(assembly)).isPresent()) {
        return BatchAssembly.Result.NOTHING;
      }
      return assembly.seal(
          parts(rows, assembly.plan()),
          broken,
          reason,
          stream.map(StreamBatch::mark).orElse(Map.of()),
          stream
              .map(batch -> batch.quarantine(settings.quarantine()))
              .orElse(settings.quarantine()));
    }
  }

  private List<byte[]> parts(Dataset<Row> rows, BatchPlan plan) {
    return rows.repartition(UsageFrames.sameness())
        .sortWithinPartitions(UsageFrames.source())
        .mapPartitions(new PartTask(plan, shared, settings.clock()), Encoders.BINARY())
        .collectAsList();
  }
}
