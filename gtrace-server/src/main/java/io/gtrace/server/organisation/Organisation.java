package io.gtrace.server.organisation;

import io.gtrace.ledger.UsageDefaults;
import io.gtrace.ledger.UsageDelivery;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ratecard.RateCard;
import io.gtrace.server.access.Caller;
import io.gtrace.server.audit.AuditLog;
import io.gtrace.server.journal.Drain;
import io.gtrace.server.journal.Journal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** One organisation: its ledger, and what came for it. Safe for use by many threads. */
public final class Organisation implements AutoCloseable {
  private static final String STATE = "server";

  private final String name;
  private final Ledger ledger;
  private final RateCard card;
  private final InstantSource clock;
  private final ServerLock lock;
  private final Journal journal;
  private final Drain drain;
  private final AuditLog audit;
  private final LedgerView view;

  private Organisation(
      String name,
      Ledger ledger,
      RateCard card,
      InstantSource clock,
      ServerLock lock,
      Journal journal,
      Drain drain,
      AuditLog audit) {
    this.name = name;
    this.ledger = ledger;
    this.card = card;
    this.clock = clock;
    this.lock = lock;
    this.journal = journal;
    this.drain = drain;
    this.audit = audit;
    view = new LedgerView(ledger);
  }

  /**
   * Opens an organisation; its ledger is made if there is none.
   *
   * @param name of it
   * @param folder of its ledger
   * @param card what prices; it should allow fallbacks
   * @param version of G-TRACE, for the seals
   * @param sealEvery how long events wait before they are sealed
   * @throws io.gtrace.ledger.store.LedgerException if another server keeps it, or it is damaged
   */
  public static Organisation open(
      String name,
      Path folder,
      RateCard card,
      InstantSource clock,
      String version,
      Duration sealEvery) {
    Ledger ledger = Ledger.openOrCreate(folder);
    Path state = ledger.folder().resolve(STATE);
    ServerLock lock = ServerLock.take(state.resolve("lock"), ledger.folder());
    Journal journal = Journal.open(state.resolve("journal"), Journal.Limits.STANDARD);
    Drain drain = new Drain(journal, ledger, card, clock, version, state, sealEvery);
    return new Organisation(
        name, ledger, card, clock, lock, journal, drain, AuditLog.in(state, clock));
  }

  public String name() {
    return name;
  }

  public Ledger ledger() {
    return ledger;
  }

  /** What prices. */
  public RateCard card() {
    return card;
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

  /**
   * Begins to take a delivery.
   *
   * @param key the same for a delivery that is sent again; empty if it never is
   * @param team on whose account all of it goes; empty for what it says itself
   */
  public UsageDelivery delivery(
      Optional<String> key, UsageDefaults defaults, Optional<String> team) {
    return new UsageDelivery(
        card.catalogue(),
        key.orElseGet(() -> UUID.randomUUID().toString()),
        clock.instant(),
        defaults,
        team);
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
   */
  public void keep(Caller sender, UsageDelivery.Accepted accepted) {
    journal.append(accepted.lines().utf8());
    audit.sent(sender.name(), accepted.accepted(), accepted.refused());
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
