package io.gtrace.ledger;

import io.gtrace.ledger.format.LineFormat;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.LedgerWriter;
import io.gtrace.ledger.store.Seal;
import io.gtrace.ratecard.RateCard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads usage into a ledger: every valid event once, priced, in sealed batches. Reading the same
 * events again, from the same file or another, changes nothing. Not for sharing between threads.
 */
public final class LedgerIngest {
  /** Events of a batch: few enough for memory, many enough for files worth having. */
  private static final long MOST_EVENTS_OF_A_BATCH = LedgerAppender.MOST_EVENTS;

  static final String METHOD = "gtrace";

  /** Less is read as fast record by record. */
  static final long LARGE_BYTES = 4L << 20;

  private final RateCard card;
  private final InstantSource clock;
  private final Reading reading;
  private final String version;
  private final long mostEventsOfABatch;

  /**
   * @param card what prices; it should allow fallbacks, since what it refuses is not accounted
   * @param clock tells when batches are sealed; usage later than it is refused
   * @param reading told how far it has come
   * @param version of G-TRACE, for the seals
   */
  public LedgerIngest(RateCard card, InstantSource clock, Reading reading, String version) {
    this(card, clock, reading, version, MOST_EVENTS_OF_A_BATCH);
  }

  /** With batches of another size. */
  LedgerIngest(
      RateCard card,
      InstantSource clock,
      Reading reading,
      String version,
      long mostEventsOfABatch) {
    this.card = card;
    this.clock = clock;
    this.reading = reading;
    this.version = version;
    this.mostEventsOfABatch = mostEventsOfABatch;
  }

  /**
   * What came of reading.
   *
   * @param seals of the batches that were added; none if all was known
   * @param added events that are new
   * @param duplicates events that the ledger has already, or that were read twice
   * @param revised metered buckets of which larger counts took the place of those in the ledger
   * @param refused rows that were not accounted
   * @param refusals the first of them
   * @param quarantine the file that keeps all of them
   * @param quarantineRemark why that file has another name than was asked for; empty if it has not
   * @param notes what a reader must know
   */
  public record Result(
      List<Seal> seals,
      long added,
      long duplicates,
      long revised,
      long refused,
      List<Refusal> refusals,
      Optional<Path> quarantine,
      String quarantineRemark,
      List<String> notes) {
    public Result {
      seals = List.copyOf(seals);
      refusals = List.copyOf(refusals);
      notes = List.copyOf(notes);
    }
  }

  /**
   * Reads files into a ledger, as what each looks like.
   *
   * @param defaults hold for rows that do not say otherwise
   */
  public Result ingest(
      Ledger ledger, Duration wait, List<Path> files, UsageDefaults defaults, Path quarantine) {
    return ingest(ledger, wait, UsageFiles.of(files, defaults), quarantine);
  }

  /**
   * Reads files into a ledger.
   *
   * @param wait how long to wait for another writer
   * @param quarantine where refused rows go
   * @throws UsageException if a file cannot be read at all; what was sealed before it stays
   * @throws io.gtrace.ledger.store.LedgerException if the ledger is locked or damaged
   * @throws UncheckedIOException if the ledger cannot be written
   */
  public Result ingest(Ledger ledger, Duration wait, UsageFiles files, Path quarantine) {
    return ingest(ledger, wait, files.sources(), files::marks, quarantine);
  }

  /** Reads the real usage that ships (Azure LLM inference traces, 2023), to try a ledger on. */
  public Result ingestAzureTraces(Ledger ledger, Duration wait, Path quarantine) {
    return ingest(ledger, wait, AzureTraces.sources(), Map::of, quarantine);
  }

  private Result ingest(
      Ledger ledger,
      Duration wait,
      List<UsageSource> sources,
      Supplier<Map<String, String>> marks,
      Path quarantine) {
    try (LedgerWriter writer = ledger.writer(wait, clock);
        LedgerDatabase database = LedgerDatabase.open(Optional.of(writer.work()));
        EventStage stage = new EventStage(database, writer.userKey());
        Quarantine refused = Quarantine.withoutLines(quarantine)) {
      Run run =
          new Run(
              writer, stage, new EventBatch(database, stage, cardStage(database, writer)), refused);
      Instant now = clock.instant();
      for (UsageSource source : sources) {
        run.read(source, now);
      }
      run.seal(marks.get());
      run.upkeep();
      return run.result();
    } catch (SQLException failed) {
      throw Sealing.notWritten(failed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CardStage cardStage(LedgerDatabase database, LedgerWriter writer) throws SQLException {
    return new CardStage(database, card, writer.snapshot());
  }

  /** One run over some sources. */
  private final class Run {
    private final LedgerWriter writer;
    private final EventStage stage;
    private final Quarantine refused;
    private final Sealing sealing;

    Run(LedgerWriter writer, EventStage stage, EventBatch batch, Quarantine refused) {
      this.writer = writer;
      this.stage = stage;
      this.refused = refused;
      sealing = new Sealing(card, version, stage, batch, refused);
    }

    void read(UsageSource source, Instant now) throws SQLException, IOException {
      stage.nextSource();
      sealing.reading(source);
      UsageReader reader =
          new UsageReader(
              source,
              ActivityParser.of(source, card.catalogue(), InstantSource.fixed(now)),
              card,
              refused,
              reading,
              new StagedRows(
                  stage,
                  () -> {
                    if (stage.rows() >= mostEventsOfABatch) {
                      seal(Map.of());
                    }
                  }),
              sealing.sourceNotes());
      if (readByLines(source, reader, now)) {
        return;
      }
      UsageAccountant.read(
          source,
          reader,
          refused,
          parquet -> {
            parquet.each(reader);
            reader.requireColumns();
          });
    }

    /** Whether the source is large and of a kind that is read as lines of bytes. */
    private boolean readByLines(UsageSource source, UsageReader reader, Instant now)
        throws IOException {
      boolean large = source.storage() == UsageFormat.JSONL && source.bytes() >= LARGE_BYTES;
      boolean plainDefaults = source.defaults().keySet().stream().noneMatch(LineFormat::isSingle);
      if (!large || !plainDefaults || !isText(source)) {
        return false;
      }
      try (TextContent content = TextContent.open(source)) {
        Optional<SourceRows.Lines> lines = reader.rows().lines(content);
        if (lines.isEmpty()) {
          return false;
        }
        readLines(lines.get(), content, source, reader, now);
        reader.requireColumns();
        return true;
      } catch (IOException fault) {
        reader.brokenOff(fault);
        return true;
      }
    }

    private void readLines(
        SourceRows.Lines lines,
        TextContent content,
        UsageSource source,
        UsageReader reader,
        Instant now)
        throws IOException {
      LineParser.Meanings meanings = new LineParser.Meanings(stage, reader, source.defaults());
      LineTaker taker = new LineTaker(reader, lines.odd());
      try (JsonLines json =
          new JsonLines(
              content.whole(),
              () -> new LineParser(lines.format(), meanings, earliest(), now),
              taker)) {
        stage.holdKinds(true);
        try {
          json.read();
        } finally {
          stage.holdKinds(false);
          lines.odd().finish(taker.leftOut, json.names(true), json.names(false));
        }
      }
    }

    /** Takes the lines of a source. */
    private final class LineTaker implements JsonLines.Taker {
      private final UsageReader reader;
      private final OddRows odd;
      private long leftOut;

      LineTaker(UsageReader reader, OddRows odd) {
        this.reader = reader;
        this.odd = odd;
      }

      @Override
      public void events(LineEvents events) {
        for (int event = 0; event < events.size(); event++) {
          stage.add(events, event);
          if (stage.rows() >= mostEventsOfABatch) {
            seal(Map.of());
          }
        }
        reader.accounted(events.size());
        leftOut += events.leftOut();
      }

      @Override
      public void odd(byte[] bytes, int from, int to, long linesBefore) throws IOException {
        odd.read(bytes, from, to, linesBefore);
      }

      @Override
      public void progress(long bytes) {
        reader.progress(bytes);
      }
    }

    /** What is no text is refused by whoever reads sources of any kind. */
    private static boolean isText(UsageSource source) throws IOException {
      try {
        TextContent.open(source).close();
        return true;
      } catch (UsageException noText) {
        return false;
      }
    }

    private Instant earliest() {
      return LocalDate.of(card.catalogue().firstYear(), 1, 1)
          .atStartOfDay(ZoneOffset.UTC)
          .toInstant();
    }

    /** Seals what is staged, if any of it is new. */
    void seal(Map<String, String> marks) {
      sealing.seal(writer, marks);
    }

    void upkeep() {
      sealing.upkeep(writer);
    }

    LedgerIngest.Result result() {
      return sealing.result();
    }
  }
}
