package io.gtrace.server.organisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.ledger.LedgerIngest;
import io.gtrace.ledger.Reading;
import io.gtrace.ledger.UsageDefaults;
import io.gtrace.ledger.query.CellRoom;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ratecard.RateCard;
import io.gtrace.server.http.Packed;
import io.gtrace.server.organisation.LedgerView.Question;
import io.gtrace.uncertainty.Draws;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LedgerViewTest {
  private static final long ROOM = 100_000;
  private static final Question TOTAL = new Question(List.of(), Period.ALL, Map.of());
  private static final Question BY_TEAM = new Question(List.of(GroupBy.TEAM), Period.ALL, Map.of());
  private static final FactorCatalogue CATALOGUE = FactorCatalogue.shipped();

  @TempDir private Path folder;
  private final AtomicLong nanoTime = new AtomicLong();

  private Ledger ledger() {
    return Ledger.openOrCreate(folder.resolve("ledger"));
  }

  private void take(String team) throws IOException {
    Path usage = folder.resolve(team + ".jsonl");
    Files.writeString(
        usage,
        "{\"model\": \"gpt-4o\", \"team\": \""
            + team
            + "\", \"output_tokens\": 10, \"region\": \"FR\"}");
    ingest(usage);
  }

  private void ingest(Path usage) throws IOException {
    RateCard card =
        new RateCard(CATALOGUE, Draws.standard(CATALOGUE.correlations()), Fallback.ALLOW);
    new LedgerIngest(
            card,
            InstantSource.fixed(Instant.parse("2026-11-25T12:00:00Z")),
            Reading.SILENT,
            "test")
        .ingest(
            ledger(),
            Duration.ZERO,
            List.of(usage),
            UsageDefaults.NONE,
            folder.resolve("refused.jsonl"));
  }

  @Test
  void whatWasSealedIsThereSoonWhileSomebodyLooks() throws IOException {
    take("one");
    try (LedgerView view = new LedgerView(ledger(), new CellRoom(ROOM), nanoTime::get)) {
      assertThat(view.ask(TOTAL).total().activities()).isEqualTo(1);
      assertThat(view.ask(BY_TEAM).lines()).hasSize(1);
      take("two");
      while (view.ask(TOTAL).total().activities() < 2) {
        Thread.onSpinWait();
      }
      assertThat(view.ask(BY_TEAM).lines()).hasSize(2);
      assertThat(view.ask(BY_TEAM).head()).isEqualTo(ledger().head());
      assertThat(view.snapshot().head()).isEqualTo(ledger().head());
    }
  }

  @Test
  void whatIsAskedOfIsHeldInMemoryUntilNobodyAsksAnyMore() throws IOException {
    take("one");
    CellRoom room = new CellRoom(ROOM);
    try (LedgerView view = new LedgerView(ledger(), room, nanoTime::get)) {
      assertThat(view.ask(BY_TEAM).lines()).hasSize(1);
      while (room.leftBytes() == ROOM) {
        Thread.onSpinWait();
      }
      long afterOne = room.leftBytes();
      take("two");
      view.renew();
      assertThat(room.leftBytes()).isPositive().isLessThan(afterOne);
      assertThat(view.ask(BY_TEAM).lines()).hasSize(2);
      nanoTime.addAndGet(Duration.ofMinutes(11).toNanos());
      while (room.leftBytes() < ROOM) {
        Thread.onSpinWait();
      }
      assertThat(view.ask(BY_TEAM).lines()).hasSize(2);
    }
    assertThat(room.leftBytes()).isEqualTo(ROOM);
  }

  @Test
  void whoAsksForLongKeepsNobodyFromWhatIsNewer() throws IOException, InterruptedException {
    take("one");
    CountDownLatch asking = new CountDownLatch(1);
    CountDownLatch enough = new CountDownLatch(1);
    try (LedgerView view = new LedgerView(ledger(), new CellRoom(ROOM), nanoTime::get)) {
      assertThat(view.ask(TOTAL).total().activities()).isEqualTo(1);
      Thread slow =
          Thread.startVirtualThread(() ->
              view.with(query -> {
                asking.countDown();
                awaitUninterruptibly(enough);
                return query.period();
              }));
      asking.await();
      assertThat(view.ask(TOTAL).total().activities()).as("known before").isEqualTo(1);
      take("two");
      view.renew();
      assertThat(view.ask(TOTAL).total().activities()).isEqualTo(2);
      enough.countDown();
      slow.join();
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException ended) {
      throw new AssertionError(ended);
    }
  }

  @Test
  void whoComesBackLaterSeesTheNewestAtOnce() throws IOException {
    take("one");
    try (LedgerView view = new LedgerView(ledger(), new CellRoom(ROOM), nanoTime::get)) {
      assertThat(view.ask(TOTAL).total().activities()).isEqualTo(1);
      nanoTime.addAndGet(Duration.ofHours(1).toNanos());
      take("two");
      assertThat(view.ask(TOTAL).total().activities()).isEqualTo(2);
    }
  }

  @Test
  void whoeverHasChangedTheLedgerSeesItAtOnce() throws IOException {
    take("one");
    try (LedgerView view = new LedgerView(ledger(), new CellRoom(ROOM), nanoTime::get)) {
      assertThat(view.ask(TOTAL).total().activities()).isEqualTo(1);
      take("two");
      view.renew();
      assertThat(view.ask(TOTAL).total().activities()).isEqualTo(2);
    }
  }

  private static Packed content(LedgerAnswers ledger) {
    return new Packed(new byte[] {(byte) ledger.ask(TOTAL).total().activities()});
  }

  @Test
  void aContentIsMadeOnceForAStateAndAheadOfTheNext() throws IOException {
    take("one");
    AtomicInteger made = new AtomicInteger();
    LedgerView.Making making =
        ledger -> {
          made.incrementAndGet();
          return content(ledger);
        };
    try (LedgerView view = new LedgerView(ledger(), new CellRoom(ROOM), nanoTime::get)) {
      assertThat(view.made("a", making).content().plain()).containsExactly(1);
      assertThat(view.made("a", making).head()).isEqualTo(ledger().head());
      assertThat(made).hasValue(1);
      take("two");
      view.renew();
      assertThat(made).as("made for whoever asks next").hasValue(2);
      assertThat(view.made("a", making).content().plain()).containsExactly(2);
      assertThat(view.made("a", making).head()).isEqualTo(ledger().head());
      assertThat(made).hasValue(2);
    }
  }

  @Test
  void whatWasAskedOnceOrLongAgoIsNotMadeAhead() throws IOException {
    take("one");
    AtomicInteger made = new AtomicInteger();
    try (LedgerView view = new LedgerView(ledger(), new CellRoom(ROOM), nanoTime::get)) {
      view.made("a", large(made));
      nanoTime.addAndGet(Duration.ofSeconds(61).toNanos());
      view.made("a", large(made));
      view.made("b", large(made));
      assertThat(made).hasValue(3);
      take("two");
      view.renew();
      assertThat(made).hasValue(3);
      view.made("b", large(made));
      take("three");
      view.renew();
      assertThat(made).as("asked for of two states").hasValue(5);
    }
  }

  @Test
  void aContentIsMadeAnewWhenItIsOldAndNotAheadForThoseWhoHaveGone() throws IOException {
    take("one");
    AtomicInteger made = new AtomicInteger();
    LedgerView.Making making =
        ledger -> {
          made.incrementAndGet();
          return content(ledger);
        };
    try (LedgerView view = new LedgerView(ledger(), new CellRoom(ROOM), nanoTime::get)) {
      view.made("a", making);
      nanoTime.addAndGet(Duration.ofSeconds(11).toNanos());
      view.made("a", making);
      assertThat(made).hasValue(2);
      nanoTime.addAndGet(Duration.ofSeconds(61).toNanos());
      take("two");
      view.renew();
      assertThat(made).hasValue(2);
      assertThat(view.made("a", making).content().plain()).containsExactly(2);
    }
  }

  @Test
  void whereTimeIsShortWhatWasAskedForLastIsMadeAhead() throws IOException {
    take("one");
    List<String> made = new ArrayList<>();
    AtomicReference<Duration> takes = new AtomicReference<>(Duration.ofMillis(1_500));
    try (LedgerView view = new LedgerView(ledger(), new CellRoom(ROOM), nanoTime::get)) {
      for (String key : List.of("a", "b", "c", "a", "b", "c")) {
        view.made(
            key,
            ledger -> {
              made.add(key);
              nanoTime.addAndGet(takes.get().toNanos());
              return content(ledger);
            });
      }
      made.clear();
      take("two");
      view.renew();
      assertThat(made).containsExactly("c", "b");
      made.clear();
      takes.set(Duration.ofMillis(1));
      take("three");
      view.renew();
      assertThat(made).as("the turn that was lost is not the last").containsExactly("c", "b", "a");
    }
  }

  /** Makes contents of which few fit into memory, and counts them. */
  private static LedgerView.Making large(AtomicInteger made) {
    return ledger -> {
      made.incrementAndGet();
      return new Packed(new byte[2 << 20]);
    };
  }

  @Test
  void whatWasAskedForLastIsForgottenLastOfWhatWasMadeAhead() throws IOException {
    take("one");
    AtomicInteger made = new AtomicInteger();
    LedgerView.Making large = large(made);
    try (LedgerView view = new LedgerView(ledger(), new CellRoom(ROOM), nanoTime::get)) {
      for (int asked = 0; asked < 16; asked++) {
        view.made(asked % 8, large);
      }
      take("two");
      view.renew();
      assertThat(made).hasValue(16);
      view.made(8, large);
      view.made(7, large);
      assertThat(made).as("the one asked for last is there yet").hasValue(17);
      view.made(0, large);
      assertThat(made).as("the one asked for first made way").hasValue(18);
    }
  }

  @Test
  void aFaultInMakingIsToldAndNotKept() throws IOException {
    take("one");
    try (LedgerView view = new LedgerView(ledger(), new CellRoom(ROOM), nanoTime::get)) {
      assertThatThrownBy(() ->
              view.made(
                  "a",
                  ledger -> {
                    throw new IllegalArgumentException("no such thing");
                  }))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(view.made("a", LedgerViewTest::content).content().plain()).containsExactly(1);
    }
  }

  @Test
  void contentsAreForgottenBeforeTheyFillTheMemory() throws IOException {
    take("one");
    AtomicInteger made = new AtomicInteger();
    LedgerView.Making large = large(made);
    try (LedgerView view = new LedgerView(ledger(), new CellRoom(ROOM), nanoTime::get)) {
      for (int key = 0; key < 9; key++) {
        view.made(key, large);
      }
      view.made(8, large);
      assertThat(made).hasValue(9);
      view.made(0, large);
      assertThat(made).hasValue(10);
    }
  }

  @Test
  void aContentThatHasGrownTooLargeKeepsNoOthersFromBeingMadeAhead() throws IOException {
    take("one");
    AtomicInteger made = new AtomicInteger();
    LedgerView.Making growing =
        ledger ->
            new Packed(new byte[ledger.ask(TOTAL).total().activities() < 2 ? 1 : (2 << 20) + 1]);
    try (LedgerView view = new LedgerView(ledger(), new CellRoom(ROOM), nanoTime::get)) {
      for (int asked = 0; asked < 2; asked++) {
        view.made("small", large(made));
        view.made("growing", growing);
      }
      take("two");
      view.renew();
      assertThat(made).hasValue(2);
      view.made("small", large(made));
      assertThat(made).as("made ahead").hasValue(2);
    }
  }

  /** Two rows of the card in each of many hours. */
  private void takeManyHours(int hours) throws IOException {
    Path usage = folder.resolve("hours.csv");
    try (BufferedWriter lines = Files.newBufferedWriter(usage)) {
      lines.write("time,model,site,team,output_tokens\n");
      Instant start = Instant.parse("2024-01-01T00:00:00Z");
      for (int hour = 0; hour < hours; hour++) {
        Instant time = start.plus(Duration.ofHours(hour));
        lines.write(time + ",gpt-4o,FR,one,10\n" + time + ",gpt-4o,PL,one,10\n");
      }
    }
    ingest(usage);
  }

  @Test
  void whatIsVeryLargeIsNotKeptLongerThanSomebodyUsesIt() throws IOException {
    takeManyHours(13_000);
    Question byHour = new Question(List.of(GroupBy.HOUR), Period.ALL, Map.of());
    try (LedgerView view = new LedgerView(ledger(), new CellRoom(ROOM), nanoTime::get)) {
      assertThat(view.ask(BY_TEAM)).isSameAs(view.ask(BY_TEAM));
      LedgerView.Answer large = view.ask(byHour);
      assertThat(large.lines()).hasSize(13_000);
      assertThat(view.ask(byHour)).as("as long as it is in use").isSameAs(large);
      take("another");
      view.renew();
      assertThat(view.ask(byHour)).as("of a newer state").isNotSameAs(large);
      view.made(
          "a",
          ledger -> {
            assertThat(ledger.ask(byHour)).as("of one content").isSameAs(ledger.ask(byHour));
            return content(ledger);
          });
    }
  }
}
