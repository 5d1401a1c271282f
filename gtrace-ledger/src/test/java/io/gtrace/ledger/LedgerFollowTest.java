package io.gtrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerException;
import io.gtrace.ledger.store.LedgerWriter;
import io.gtrace.ledger.store.Seal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A file that others still write on comes into the ledger as it grows. */
// Windows does not let a file be renamed that is being read.
@DisabledOnOs(OS.WINDOWS)
class LedgerFollowTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final LedgerFollow.Options OFTEN =
      new LedgerFollow.Options(SECOND, Duration.ofSeconds(10), 1_000, Duration.ZERO);

  @TempDir Path folder;
  private final List<Seal> seals = new ArrayList<>();
  private final List<String> postponed = new ArrayList<>();
  private LedgerFixture ledger = new LedgerFixture(Path.of(""));
  private Path log = Path.of("");

  /** What happens to the file while nothing can be read, each after a while; then all is over. */
  private static final class World implements LedgerFollow.Pause {
    private final Deque<Step> steps = new ArrayDeque<>();
    private Instant now = LedgerFixture.NOON;

    private record Step(Duration after, Change change) {}

    private interface Change {
      void happen() throws IOException;
    }

    World then(Duration after, Change change) {
      steps.add(new Step(after, change));
      return this;
    }

    World then(Change change) {
      return then(SECOND, change);
    }

    /** Looks this often in vain. */
    World quiet(int times) {
      for (int i = 0; i < times; i++) {
        then(() -> {});
      }
      return this;
    }

    @Override
    public boolean await(Duration time) {
      assertThat(time).isEqualTo(SECOND);
      Step step = steps.poll();
      if (step == null) {
        return false;
      }
      now = now.plus(step.after());
      try {
        step.change().happen();
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
      return true;
    }
  }

  @BeforeEach
  void place() {
    ledger = new LedgerFixture(folder.resolve("ledger"));
    log = folder.resolve("gateway.jsonl");
  }

  private LedgerIngest.Result follow(
      World world, LedgerFollow.Options options, InputFormat format) {
    LedgerFollow follow =
        new LedgerFollow(
            LedgerFixture.CARD,
            () -> world.now,
            "test",
            world,
            new LedgerFollow.Followed() {
              @Override
              public void sealed(Seal seal) {
                seals.add(seal);
              }

              @Override
              public void postponed(LedgerException reason) {
                postponed.add(String.valueOf(reason.getMessage()));
              }
            });
    return follow.follow(
        Ledger.openOrCreate(ledger.folder()),
        log,
        format,
        UsageDefaults.NONE,
        folder.resolve("quarantine.jsonl"),
        options);
  }

  private LedgerIngest.Result follow(World world) {
    return follow(world, OFTEN, InputFormat.detected());
  }

  private static String call(String id, int tokens) {
    String named = id.isEmpty() ? "" : "\"request_id\":\"" + id + "\",";
    return "{"
        + named
        + "\"model\":\"gpt-4o\",\"when\":\"2026-11-25T11:00:00Z\",\"output_tokens\":"
        + tokens
        + "}";
  }

  private void append(String text) throws IOException {
    Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void requireTokens(long... tokens) {
    assertThat(ledger.rows("SELECT output_tokens FROM events ORDER BY 1"))
        .extracting(row -> Long.parseLong(row.get(0)))
        .containsExactly(java.util.Arrays.stream(tokens).boxed().toArray(Long[]::new));
    ledger.requireIntact();
    ledger.requireNothingUnsealed();
  }

  @Test
  void linesAreSealedAfterAWhileAndTheLastAtTheEnd() throws IOException {
    append(call("a", 1) + "\n");
    LedgerIngest.Result result =
        follow(
            new World()
                .quiet(11)
                .then(() -> assertThat(seals).hasSize(1))
                .then(() -> append(call("b", 2) + "\n" + call("c", 3) + "\n"))
                .then(() -> append(call("d", 4) + "\n")));

    assertThat(seals).extracting(Seal::events).containsExactly(1L, 3L);
    assertThat(result.added()).isEqualTo(4);
    requireTokens(1, 2, 3, 4);
  }

  @Test
  void manyEventsAreSealedWithoutWaiting() throws IOException {
    for (int i = 0; i < 25; i++) {
      append(call("r" + i, i) + "\n");
    }
    follow(
        new World(),
        new LedgerFollow.Options(SECOND, Duration.ofDays(1), 10, Duration.ZERO),
        InputFormat.detected());
    assertThat(seals).extracting(Seal::events).containsExactly(10L, 10L, 5L);
  }

  @Test
  void aSumThatGrowsIsFollowed() throws IOException {
    append(points(1));
    World world = new World().quiet(25);
    for (int export = 2; export <= 4; export++) {
      String next = points(export);
      world.then(() -> append(next)).quiet(25);
    }
    LedgerIngest.Result result = follow(world);

    assertThat(seals).hasSize(4);
    assertThat(result.revised()).isEqualTo(3);
    assertThat(
            ledger.rows("SELECT sum(requests), sum(input_tokens), sum(output_tokens) FROM events"))
        .containsExactly(List.of("4", "400", "40"));
    assertThat(ledger.total().activities()).isEqualTo(1);
    ledger.requireIntact();
  }

  /** What a process exports once a minute: its sums so far, a type of tokens a line. */
  private static String points(int export) {
    StringBuilder lines = new StringBuilder();
    for (String type : List.of("input", "output")) {
      lines.append(
          String.format(
              "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":"
                  + "\"gen_ai.client.token.usage\",\"histogram\":{\"dataPoints\":[{\"attributes\":["
                  + "{\"key\":\"gen_ai.request.model\",\"value\":{\"stringValue\":\"gpt-4o\"}},"
                  + "{\"key\":\"gen_ai.token.type\",\"value\":{\"stringValue\":\"%s\"}}],"
                  + "\"startTimeUnixNano\":\"1767607200000000000\",\"timeUnixNano\":\"%d\","
                  + "\"count\":%d,\"sum\":%d}]}}]}]}]}%n",
              type,
              1_767_607_200_000_000_000L + export * 60_000_000_000L,
              export,
              (type.equals("input") ? 100 : 10) * export));
    }
    return lines.toString();
  }

  /** Numbers of events that look alike must not grow with attempts. */
  @Test
  void aBatchThatIsTriedAgainGivesTheSameIds() throws IOException {
    append(call("", 1) + "\n");
    Path[] events = new Path[1];
    byte[][] content = new byte[1][];
    follow(
        new World()
            .quiet(12)
            .then(() -> {
              assertThat(seals).hasSize(1);
              Ledger.Snapshot snapshot = ledger.ledger().snapshot();
              events[0] =
                  snapshot.path(
                      snapshot.live(io.gtrace.ledger.store.SealedFile.Content.EVENTS).get(0));
              content[0] = Files.readAllBytes(events[0]);
              Files.write(events[0], new byte[0]);
              append(call("", 1) + "\n");
            })
            .quiet(12)
            .then(() -> {
              assertThat(postponed).isNotEmpty();
              Files.write(events[0], content[0]);
            })
            .quiet(12));
    requireTokens(1, 1);
    assertThat(ledger.read(log).added()).isZero();
  }

  @Test
  void aHalfWrittenLineWaitsForItsRest() throws IOException {
    String late = call("b", 2);
    append(call("a", 1) + "\n" + late.substring(0, 20));
    LedgerIngest.Result result =
        follow(new World().quiet(15).then(() -> append(late.substring(20))).quiet(2));
    assertThat(result.refused()).isZero();
    requireTokens(1);

    // Its end came after all: a follower that is started anew finds the whole line.
    append("\n");
    assertThat(follow(new World()).added()).isEqualTo(1);
    requireTokens(1, 2);
  }

  @Test
  void aByteAtATimeIsTheSame() throws IOException {
    World world = new World();
    byte[] text = (call("a", 1) + "\n" + call("é☃", 2) + "\n").getBytes(StandardCharsets.UTF_8);
    for (byte each : text) {
      byte[] one = {each};
      world.then(
          Duration.ofMillis(100),
          () -> Files.write(log, one, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }
    assertThat(follow(world).refused()).isZero();
    requireTokens(1, 2);
  }

  @Test
  void aFileThatIsNotThereYetIsWaitedFor() {
    follow(new World().quiet(3).then(() -> append(call("a", 1) + "\n")).quiet(1));
    requireTokens(1);
  }

  @Test
  void nothingIsSealedWhereNothingComes() throws IOException {
    append("");
    assertThat(follow(new World().quiet(30)).seals()).isEmpty();
    assertThat(ledger.events()).isZero();
  }

  @Test
  void aRotatedFileIsReadToItsEndAndTheNewOneFromItsBeginning() throws IOException {
    append(call("a", 1) + "\n");
    Path old = folder.resolve("gateway.jsonl.1");
    follow(
        new World()
            .then(() -> append(call("b", 2) + "\n"))
            .then(() -> {
              append(call("c", 3) + "\n");
              Files.move(log, old);
            })
            .quiet(2)
            .then(() -> append(call("d", 4) + "\n"))
            // The writer has not noticed yet, and leaves without a line break.
            .then(() -> Files.writeString(old, call("e", 5), StandardOpenOption.APPEND))
            .quiet(2)
            .then(() -> append(call("f", 6) + "\n"))
            .quiet(1));
    requireTokens(1, 2, 3, 4, 5, 6);
  }

  @Test
  void aFileThatWasCutIsReadFromItsBeginning() throws IOException {
    append(call("a", 1) + "\n" + call("b", 2) + "\n");
    follow(
        new World()
            .quiet(1)
            .then(() -> Files.writeString(log, call("c", 3) + "\n"))
            .quiet(2)
            // Cut, and longer than before when it is looked at again.
            .then(() ->
                Files.writeString(
                    log, call("d", 4) + "\n" + call("e", 5) + "\n" + call("f", 6) + "\n"))
            .quiet(2));
    requireTokens(1, 2, 3, 4, 5, 6);
  }

  @Test
  void aFollowerThatIsStartedAnewDoublesAndLosesNothing() throws IOException {
    // Without ids, and alike: as many as there are.
    append((call("", 7) + "\n").repeat(3) + call("x", 1) + "\n");
    follow(new World().quiet(12).then(() -> append((call("", 7) + "\n").repeat(2))).quiet(1));
    requireTokens(1, 7, 7, 7, 7, 7);

    append(call("", 7) + "\n" + call("x", 1) + "\n");
    LedgerIngest.Result again = follow(new World());
    assertThat(again.added()).isEqualTo(1);
    assertThat(again.duplicates()).isEqualTo(7);
    requireTokens(1, 7, 7, 7, 7, 7, 7);
  }

  @Test
  void theSameFileReadAtOnceChangesNothing() throws IOException {
    append(call("", 7) + "\n" + call("x", 1) + "\n");
    follow(new World().then(() -> append(call("", 7) + "\n")));
    LedgerIngest.Result at = ledger.read(log);
    assertThat(at.added()).isZero();
    assertThat(at.duplicates()).isEqualTo(3);
  }

  @Test
  void rowsOfATableComeAsTheyAreWritten() throws IOException {
    log = folder.resolve("usage.csv");
    append("request_id,model,output_tokens\n");
    follow(
        new World()
            .then(() -> append("a,gpt-4o,1\n"))
            .quiet(12)
            .then(() -> assertThat(seals).hasSize(1))
            .then(() -> append("b,gpt-4o,oops\nc,gpt-4o,3\n"))
            .quiet(1));
    requireTokens(1, 3);
    assertThat(Files.readString(folder.resolve("quarantine.jsonl"))).contains("oops", "\"line\":3");
  }

  @Test
  void aCallThatIsWrittenAnewWaitsUntilItIsSettled() throws IOException {
    String call =
        """
        {"type":"assistant","timestamp":"2026-11-25T11:00:00Z","sessionId":"s","uuid":"u","requestId":"req_1","message":{"id":"msg_1","role":"assistant","model":"claude-sonnet-4-20250514","usage":{"input_tokens":10,"output_tokens":%d}}}
        """;
    append("{\"type\":\"summary\",\"summary\":\"secret\"}\n");
    append(String.format(call, 1));
    follow(
        new World()
            .quiet(9)
            .then(() -> append(String.format(call, 50)))
            .quiet(30)
            .then(() -> assertThat(seals).hasSize(1)));
    requireTokens(50);
  }

  @Test
  void aClockThatGoesOnTakesUsageThatIsNewerThanTheStart() throws IOException {
    append(call("a", 1) + "\n");
    LedgerIngest.Result result =
        follow(
            new World()
                .then(
                    Duration.ofHours(3),
                    () -> append(call("b", 2).replace("11:00:00Z", "14:59:00Z") + "\n"))
                .quiet(1));
    assertThat(result.refused()).isZero();
    requireTokens(1, 2);
  }

  @Test
  void otherWritersMayComeBetweenAndAreWaitedFor() throws IOException {
    append(call("a", 1) + "\n");
    Path other = Files.writeString(folder.resolve("other.jsonl"), call("b", 2) + "\n");
    List<LedgerWriter> writers = new ArrayList<>();
    follow(
        new World()
            .quiet(11)
            .then(() -> assertThat(ledger.read(other).added()).isEqualTo(1))
            .then(() -> append(call("b", 2) + "\n" + call("c", 3) + "\n"))
            .then(() -> writers.add(ledger.ledger().writer(Duration.ZERO, LedgerFixture.NOW)))
            .quiet(12)
            .then(() -> writers.forEach(LedgerWriter::close))
            .quiet(12));
    assertThat(postponed).isNotEmpty().allMatch(reason -> reason.contains("being written"));
    requireTokens(1, 2, 3);
  }

  @Test
  void whatCannotGrowIsRefused() throws IOException {
    log = Files.createDirectory(folder.resolve("logs"));
    assertThatThrownBy(() -> follow(new World())).hasMessageContaining("followed");
    log = folder.resolve("usage.jsonl.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(log))) {
      out.write((call("a", 1) + "\n").repeat(99).getBytes(StandardCharsets.UTF_8));
    }
    Files.write(log, new byte[] {'\n'}, StandardOpenOption.APPEND);
    assertThatThrownBy(() -> follow(new World().quiet(2))).hasMessageContaining("--follow");
  }
}
