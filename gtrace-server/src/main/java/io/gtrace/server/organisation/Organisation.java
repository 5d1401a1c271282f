package io.gtrace.server.organisation;

import io.gtrace.ledger.LedgerIngest;
import io.gtrace.ledger.LedgerReprice;
import io.gtrace.ledger.Reading;
import io.gtrace.ledger.UsageDefaults;
import io.gtrace.ledger.UsageDelivery;
import io.gtrace.ledger.query.CellRoom;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ratecard.RateCard;
import io.gtrace.server.access.Caller;
import io.gtrace.server.audit.AuditLog;
import io.gtrace.server.http.Problem;
import io.gtrace.server.journal.Drain;
import io.gtrace.server.journal.Journal;
import io.helidon.http.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** One organisation: its ledger, and what came for it. Safe for use by many threads. */
public final class Organisation implements AutoCloseable {
  private static final String STATE = "server";
  private static final String JOURNAL = "journal";
  private static final int LONGEST_KEY = 255;

  /** For writers of other processes. */
  private static final Duration WRITER_WAIT = Duration.ofSeconds(30);

  private final String name;
  private final Ledger ledger;
  private final OrganisationCard card;
  private final InstantSource clock;
  private final ServerLock lock;
  private final Journal journal;
  private final Drain drain;
  private final AuditLog audit;
  private final LedgerView view;
  private final DeliveryKeys keys;
  private final ModelMappings modelMappings;
  private final OwnValues ownValues;
  private final SentRecords records = new SentRecords();
  private final String version;
  private final AtomicBoolean repricing = new AtomicBoolean();
  private final AtomicReference<Optional<LedgerReprice.Restatement>> restated =
      new AtomicReference<>(Optional.empty());

  private Organisation(
      String name,
      Ledger ledger,
      OrganisationCard card,
      ModelMappings modelMappings,
      OwnValues ownValues,
      InstantSource clock,
      String version,
      ServerLock lock,
      Journal journal,
      Drain drain,
      AuditLog audit,
      CellRoom room) {
    this.name = name;
    this.ledger = ledger;
    this.card = card;
    this.clock = clock;
    this.lock = lock;
    this.journal = journal;
    this.drain = drain;
    this.audit = audit;
    view = new LedgerView(ledger, room, System::nanoTime);
    this.modelMappings = modelMappings;
    this.ownValues = ownValues;
    this.version = version;
    keys = new DeliveryKeys(ledger.folder().resolve(STATE).resolve("delivery-keys"), clock);
  }

  /**
   * Opens an organisation; its ledger is made if there is none.
   *
   * @param name of it
   * @param folder of its ledger
   * @param card what prices, asked for once the ledger is there; it should allow fallbacks
   * @param version of G-TRACE, for the seals
   * @param sealEvery how long events wait before they are sealed
   * @param room for what is held in memory of this ledger and of others
   * @throws io.gtrace.ledger.store.LedgerException if another server keeps it, or it is damaged
   * @throws io.gtrace.factor.FactorFileException if what was said of models cannot be laid over the
   *     factors
   */
  public static Organisation open(
      String name,
      Path folder,
      Supplier<RateCard> card,
      InstantSource clock,
      String version,
      Duration sealEvery,
      CellRoom room) {
    Ledger ledger = Ledger.openOrCreate(folder);
    RateCard started = card.get();
    Path state = ledger.folder().resolve(STATE);
    ServerLock lock = ServerLock.take(state.resolve("lock"), ledger.folder());
    ModelMappings mappings = new ModelMappings(state);
    OwnValues values = new OwnValues(state);
    OrganisationCard own = new OrganisationCard(started, mappings, values);
    Journal journal = Journal.open(state.resolve(JOURNAL), Journal.Limits.STANDARD);
    Drain drain = new Drain(journal, ledger, own::current, clock, version, state, sealEvery);
    return new Organisation(
        name,
        ledger,
        own,
        mappings,
        values,
        clock,
        version,
        lock,
        journal,
        drain,
        AuditLog.in(state, clock),
        room);
  }

  public String name() {
    return name;
  }

  public Ledger ledger() {
    return ledger;
  }

  /** What prices. */
  public RateCard card() {
    return card.current();
  }

  /** What the ledger says. */
  public LedgerView view() {
    return view;
  }

  /** Why what came is not in the ledger yet; empty if nothing stands in the way. */
  public Optional<String> trouble() {
    return journal.trouble().or(drain::trouble);
  }

  /** The folder of files, {@code refused-*.jsonl}, of what the ledger did not take after all. */
  public Path refused() {
    return ledger.folder().resolve(STATE);
  }

  /** Bytes that are acknowledged and wait for the ledger. */
  public long waitingBytes() {
    return journal.storedBytes();
  }

  /** What is acknowledged and waits for the ledger, in a sentence; empty if nothing does. */
  public Optional<String> unsealed() {
    long bytes = waitingBytes();
    return bytes == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%,d bytes of acknowledged usage are not in %s yet%s; they are kept in %s, and taken"
                    + " in when the server starts again",
                bytes,
                ledger.folder(),
                trouble().map(reason -> " (" + reason + ")").orElse(""),
                ledger.folder().resolve(STATE).resolve(JOURNAL)));
  }

  /** What somebody said of models that the factors do not know. */
  public ModelMappings modelMappings() {
    return modelMappings;
  }

  /**
   * Prices a name like a known model from the next batch on.
   *
   * @throws IllegalArgumentException if the model is not known, or the name cannot be one
   */
  public void mapModel(String name, String model) {
    card.map(name, model);
  }

  /** Values of factors that somebody gave. */
  public OwnValues ownValues() {
    return ownValues;
  }

  /**
   * Prices by a value of somebody from the next batch on.
   *
   * @param said texts by field: numbers of the kind, source, year and tier
   * @param from the address of who says it, for the audit log
   * @throws IllegalArgumentException if the factor is not known, there is no source, or a number is
   *     not as it should be
   */
  public void giveValue(
      OwnValue.Kind kind, String id, Map<String, String> said, Caller by, String from) {
    OwnValue value = OwnValue.read(card().catalogue(), kind, id, said);
    card.give(new OwnValues.Given(value, by.name(), clock.instant()));
    audit.did(
        new AuditLog.Entry(
            by.name(),
            "own value of " + kind.label() + " " + value.subject() + ": " + value.inWords(),
            from,
            "given",
            value.source()));
  }

  /**
   * Prices without the values of somebody of a factor from the next batch on.
   *
   * @param subject what the values are of, as they say themselves
   * @throws IllegalArgumentException if there is none
   */
  public void forgetValues(OwnValue.Kind kind, String subject, Caller by, String from) {
    card.forget(kind, subject);
    audit.did(
        new AuditLog.Entry(
            by.name(), "own values of " + kind.label() + " " + subject, from, "forgotten"));
  }

  /**
   * Prices all that is in the ledger by what prices now; what comes meanwhile waits.
   *
   * @throws Problem if that is going on already
   */
  public void reprice() {
    if (!repricing.compareAndSet(false, true)) {
      throw Problem.of(Status.CONFLICT_409, "the ledger is being priced anew already");
    }
    try {
      drain.between(() ->
          restated.set(
              Optional.of(new LedgerReprice(card(), clock, version).reprice(ledger, WRITER_WAIT))));
    } finally {
      repricing.set(false);
    }
    view.renew();
  }

  /** What the last pricing anew since the server started changed; empty if there was none. */
  public Optional<LedgerReprice.Restatement> restated() {
    return restated.get();
  }

  /** Puts the shipped traces into the ledger; what comes meanwhile waits. */
  public void loadDemo() {
    drain.between(() ->
        new LedgerIngest(card(), clock, Reading.SILENT, version)
            .ingestAzureTraces(ledger, WRITER_WAIT, refused().resolve("refused-demo.jsonl")));
    view.renew();
  }

  /** A delivery that is never sent again. */
  public SentDelivery sentOnce() {
    return SentDelivery.once(clock.instant());
  }

  /**
   * A delivery that may be sent again.
   *
   * @param key of it among those of its sender to this route
   * @param route where it is sent to
   * @param query how the route was asked to read it
   * @throws Problem if the key is too long, or another content came under it
   */
  public SentDelivery sentUnder(
      String key, Caller sender, String route, String query, byte[] body) {
    if (key.length() > LONGEST_KEY) {
      throw Problem.of(
          Status.BAD_REQUEST_400,
          "the Idempotency-Key is longer than " + LONGEST_KEY + " characters");
    }
    return keys.firstOf(
        SentDelivery.under(key, sender.name(), route, query, body, clock.instant()));
  }

  /**
   * Begins to take a delivery.
   *
   * @param team on whose account all of it goes; empty for what it says itself
   * @param room told of bytes that it takes in memory beside what came; it can refuse them
   */
  public UsageDelivery delivery(
      SentDelivery sent, UsageDefaults defaults, Optional<String> team, IntConsumer room) {
    return new UsageDelivery(
        card().catalogue(), sent.id(), sent.arrived(), defaults, team, bounded(room));
  }

  /** What the journal could never hold is refused before it is read to its end. */
  private static IntConsumer bounded(IntConsumer room) {
    AtomicLong left = new AtomicLong(Journal.Limits.STANDARD.waitingBytes());
    return bytes -> {
      if (left.addAndGet(-bytes) < 0) {
        throw Problem.of(
            Status.REQUEST_ENTITY_TOO_LARGE_413,
            "this holds more calls than can be kept at once; send it in parts");
      }
      room.accept(bytes);
    };
  }

  /** Who did what here. */
  public AuditLog audit() {
    return audit;
  }

  /**
   * Keeps what is right of a delivery: once this returns it will be in the ledger, whatever happens
   * to the process.
   *
   * @param sender whose it is
   * @throws io.gtrace.server.journal.OverloadException if it cannot be kept now
   * @throws Problem if another content came under its key meanwhile
   */
  public void keep(Caller sender, SentDelivery sent, UsageDelivery.Accepted accepted) {
    if (sent.content().isPresent() && accepted.accepted() > 0) {
      keys.remember(sent);
    }
    journal.append(accepted.lines().utf8());
    audit.sent(sender.name(), accepted.accepted(), accepted.refused());
    records.add(accepted);
  }

  /** What came of records that were sent since the server started. */
  public SentRecords records() {
    return records;
  }

  /** Takes no more, and puts what came into the ledger. */
  @Override
  public void close() {
    journal.close();
    drain.close();
    view.close();
    audit.close();
    lock.close();
  }
}
