package io.gtrace.server.organisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gtrace.ledger.InputFormat;
import io.gtrace.ledger.UsageDefaults;
import io.gtrace.ledger.UsageDelivery;
import io.gtrace.ledger.query.CellRoom;
import io.gtrace.server.TestServer;
import io.gtrace.server.access.Caller;
import io.gtrace.server.access.Scope;
import io.gtrace.server.http.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryKeysTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Caller CI = new Caller("ci", "a", Optional.empty(), Set.of(Scope.INGEST));
  private static final byte[] CALL =
      "{\"model\": \"gpt-4o\", \"region\": \"FR\", \"output_tokens\": 100}"
          .getBytes(StandardCharsets.UTF_8);

  private final AtomicReference<Instant> now = new AtomicReference<>(START);

  @TempDir private Path folder;

  private DeliveryKeys keys() {
    return new DeliveryKeys(folder.resolve("keys"), now::get);
  }

  private SentDelivery sent(String content) {
    return sentUnder("one", content);
  }

  private SentDelivery sentUnder(String key, String content) {
    return SentDelivery.under(
        key, "ci", "/v1/activities", "", content.getBytes(StandardCharsets.UTF_8), now.get());
  }

  @Test
  void aDeliveryIsKnownAgainAfterARestartWithItsFirstTime() throws IOException {
    keys().remember(sent("content"));
    Files.writeString(folder.resolve("keys"), "0123 unfin", StandardOpenOption.APPEND);
    now.set(START.plus(Duration.ofDays(3)));
    DeliveryKeys again = keys();
    assertThat(again.firstOf(sent("content")).arrived()).isEqualTo(START);
    assertThatThrownBy(() -> again.firstOf(sent("another")))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("Idempotency-Key");
  }

  /** Writes the line of a delivery as far as into its time, as a disk does that becomes full. */
  private void leaveUnfinished(SentDelivery delivery) throws IOException {
    Files.writeString(
        folder.resolve("keys"),
        delivery.id() + " " + delivery.content().orElseThrow() + " 17722",
        StandardOpenOption.APPEND);
  }

  @Test
  void aLineThatAFullDiskLeftUnfinishedSpoilsNotTheNext() throws IOException {
    DeliveryKeys keys = keys();
    keys.remember(sent("content"));
    SentDelivery second = sentUnder("two", "content");
    leaveUnfinished(second);
    keys.remember(second);
    now.set(START.plus(Duration.ofDays(3)));
    assertThat(keys().firstOf(sentUnder("two", "content")).arrived()).isEqualTo(START);
  }

  @Test
  void aTimeThatWasCutShortIsNotTakenForTheFirst() throws IOException {
    keys().remember(sent("content"));
    leaveUnfinished(sentUnder("two", "content"));
    assertThat(keys().firstOf(sentUnder("two", "content")).arrived()).isEqualTo(START);
  }

  @Test
  void oldKeysAreForgotten() {
    keys().remember(sent("content"));
    now.set(START.plus(DeliveryKeys.KEPT).plusSeconds(1));
    assertThat(keys().firstOf(sent("another")).arrived()).isEqualTo(now.get());
  }

  private void deliver() {
    try (Organisation organisation =
        Organisation.open(
            "a",
            folder.resolve("ledger"),
            TestServer::ratecard,
            now::get,
            "test",
            Duration.ofMillis(10),
            new CellRoom(100_000))) {
      SentDelivery sent = organisation.sentUnder("one", CI, "/v1/activities", "", CALL);
      UsageDelivery delivery =
          organisation.delivery(sent, UsageDefaults.NONE, Optional.empty(), bytes -> {});
      delivery.read("body", CALL, InputFormat.detected());
      organisation.keep(CI, sent, delivery.finish());
    }
  }

  @Test
  void whatTellsNoTimeAndIsSentAgainDaysLaterCountsOnce() {
    deliver();
    now.set(START.plus(Duration.ofDays(3)));
    deliver();
    try (TestServer server = TestServer.on(folder.resolve("ledger"))) {
      assertThat(server.totalAfterStop().activities()).isEqualTo(1);
    }
  }
}
