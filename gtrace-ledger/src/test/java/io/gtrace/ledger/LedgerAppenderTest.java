package io.gtrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.gtrace.activity.Activity;
import io.gtrace.activity.Attribution;
import io.gtrace.activity.Context;
import io.gtrace.activity.Embedding;
import io.gtrace.activity.ImageGeneration;
import io.gtrace.activity.MusicGeneration;
import io.gtrace.activity.SpeechToText;
import io.gtrace.activity.TextGeneration;
import io.gtrace.activity.TextToSpeech;
import io.gtrace.activity.Training;
import io.gtrace.activity.VideoGeneration;
import io.gtrace.footprint.Impact;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerException;
import io.gtrace.ledger.store.LedgerWriter;
import io.gtrace.ledger.store.RollupFiles;
import io.gtrace.site.Site;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events that come from memory. */
class LedgerAppenderTest {
  private static final Instant MORNING = Instant.parse("2026-03-01T09:30:00Z");

  @TempDir Path folder;

  private LedgerFixture fixture() {
    return new LedgerFixture(folder.resolve("ledger"));
  }

  private LedgerAppender appender() {
    return appender(fixture());
  }

  private static LedgerAppender appender(LedgerFixture fixture) {
    return new LedgerAppender(
        Ledger.openOrCreate(fixture.folder()), LedgerFixture.CARD, LedgerFixture.NOW, "test");
  }

  private static LedgerAppender.Result append(LedgerAppender to, List<UsageEvent> events) {
    return to.append(events, "told in a test", Duration.ZERO);
  }

  private static UsageEvent call(int i) {
    Context context =
        new Context(
            Optional.of(MORNING.plusSeconds(i)),
            new Attribution("t" + i % 3, "chat", "u" + i % 5),
            Site.parse("eu-west-3"));
    return new UsageEvent("r" + i, new TextGeneration("gpt-4o", 1, 100 + i, 5, 10 + i, 2, context));
  }

  private static List<UsageEvent> calls(int from, int to) {
    return IntStream.range(from, to).mapToObj(LedgerAppenderTest::call).toList();
  }

  @Test
  void takesEveryEventOnceAndSealsBatchAfterBatch() {
    try (LedgerAppender appender = appender()) {
      LedgerAppender.Result first = append(appender, calls(0, 50));
      assertThat(first.added()).isEqualTo(50);
      assertThat(first.seal()).hasValueSatisfying(seal -> assertThat(seal.number()).isEqualTo(1));

      LedgerAppender.Result second = append(appender, calls(30, 80));
      assertThat(second.added()).isEqualTo(30);
      assertThat(second.duplicates()).isEqualTo(20);

      LedgerAppender.Result third = append(appender, calls(0, 80));
      assertThat(third.seal()).isEmpty();
      assertThat(third.duplicates()).isEqualTo(80);

      List<UsageEvent> twice = new ArrayList<>(calls(80, 90));
      twice.addAll(calls(80, 90));
      assertThat(append(appender, twice).added()).isEqualTo(10);
      assertThat(append(appender, List.of()).seal()).isEmpty();
    }
    assertThat(fixture().events()).isEqualTo(90);
    assertThat(fixture().ledger().snapshot().seals()).hasSize(3);
    fixture().requireIntact();
    fixture().requireNothingUnsealed();
  }

  /** What both sides say of one activity of each kind. */
  private static final String LINES =
      """
      {"request_id":"a","when":"2026-03-01T09:30:00Z","model":"gpt-4o","region":"FR","team":"t","app":"p","user":"u","input_tokens":500,"cached_input_tokens":20,"output_tokens":300,"reasoning_tokens":40}
      {"request_id":"b","when":"2026-03-01T09:30:00Z","modality":"embedding","model":"text-embedding-3-small","region":"FR","team":"t","app":"p","user":"u","input_tokens":8000}
      {"request_id":"c","when":"2026-03-01T09:30:00Z","modality":"image","model":"flux.1-dev","region":"FR","team":"t","app":"p","user":"u","count":4,"width_px":768,"steps":20,"input_images":1}
      {"request_id":"d","when":"2026-03-01T09:30:00Z","modality":"video","model":"sora-2","region":"FR","team":"t","app":"p","user":"u","count":1,"seconds":5.5}
      {"request_id":"e","when":"2026-03-01T09:30:00Z","modality":"speech-to-text","model":"whisper-large-v3","region":"FR","team":"t","app":"p","user":"u","seconds":600}
      {"request_id":"f","when":"2026-03-01T09:30:00Z","modality":"text-to-speech","model":"tts-1","region":"FR","team":"t","app":"p","user":"u","seconds":60}
      {"request_id":"g","when":"2026-03-01T09:30:00Z","modality":"music","model":"musicgen-large","region":"FR","team":"t","app":"p","user":"u","seconds":30}
      {"request_id":"h","when":"2026-03-01T09:30:00Z","modality":"training","model":"ours","accelerator":"h100-sxm","region":"FR","team":"t","app":"p","user":"u","count":8,"hours":72.5,"utilisation":0.7}
      {"request_id":"i","when":"2026-03-01T09:30:00Z","modality":"training","model":"ours","accelerator":"h100-sxm","region":"FR","team":"t","app":"p","user":"u","flop":1e21}
      {"request_id":"j","when":"2026-03-01T09:30:00Z","modality":"training","model":"ours","accelerator":"h100-sxm","region":"FR","team":"t","app":"p","user":"u","tokens":1e9,"active_parameters":7e9}
      """;

  private static List<UsageEvent> oneOfEachKind() {
    Context context =
        new Context(Optional.of(MORNING), new Attribution("t", "p", "u"), Site.parse("FR"));
    List<Activity> activities =
        List.of(
            new TextGeneration("gpt-4o", 1, 500, 20, 300, 40, context),
            new Embedding("text-embedding-3-small", 1, 8_000, context),
            new ImageGeneration("flux.1-dev", 4, 768, 0, 20, 1, context),
            new VideoGeneration("sora-2", 1, 5.5, 0, 0, 0, 0, 0, context),
            new SpeechToText("whisper-large-v3", 600, context),
            new TextToSpeech("tts-1", 60, context),
            new MusicGeneration("musicgen-large", 30, context),
            new Training("ours", "h100-sxm", new Training.AcceleratorTime(8, 72.5, 0.7), context),
            new Training("ours", "h100-sxm", new Training.Compute(1e21), context),
            new Training(
                "ours", "h100-sxm", new Training.TokensTimesParameters(1e9, 7e9), context));
    return IntStream.range(0, activities.size())
        .mapToObj(i -> new UsageEvent(Character.toString('a' + i), activities.get(i)))
        .toList();
  }

  @Test
  void bringsTheRowsAndFiguresThatAFileOfTheSameBrings() throws Exception {
    LedgerFixture ofFile = new LedgerFixture(folder.resolve("of-file"));
    Path file = Files.writeString(folder.resolve("u.jsonl"), LINES);
    assertThat(ofFile.read(file).added()).isEqualTo(10);
    try (LedgerAppender appender = appender()) {
      assertThat(append(appender, oneOfEachKind()).added()).isEqualTo(10);
      assertThat(fixture().read(file).duplicates()).as("in another format").isEqualTo(10);
    }

    // Ids are made with the secret of their ledger.
    String everything = "SELECT * EXCLUDE (id, user_hash) FROM priced_events ORDER BY ALL";
    assertThat(fixture().rows(everything)).isEqualTo(ofFile.rows(everything));
    QueryLine told = fixture().total();
    QueryLine read = ofFile.total();
    for (Impact impact : Impact.values()) {
      if (!Double.isNaN(read.footprint().median(impact))) {
        assertThat(told.footprint().median(impact))
            .isCloseTo(read.footprint().median(impact), Percentage.withPercentage(1e-7));
      }
    }
    fixture().requireIntact();
    try (LedgerAppender appender = appender(ofFile)) {
      assertThat(append(appender, oneOfEachKind()).duplicates()).isEqualTo(10);
    }
  }

  @Test
  void saysWhichEventsCannotBeAccountedAndTakesTheOthers() {
    Context future = Context.UNKNOWN.on(LedgerFixture.NOON.plus(Duration.ofHours(1)));
    Context past = Context.UNKNOWN.on(Instant.parse("1999-01-01T00:00:00Z"));
    UsageEvent unknownDevice =
        new UsageEvent(
            "x", TextGeneration.of("gpt-4o", 1, 1).in(Context.UNKNOWN.at(Site.parse("nope@DE"))));
    try (LedgerAppender appender = appender()) {
      LedgerAppender.Result result =
          append(
              appender,
              List.of(
                  call(0),
                  new UsageEvent("y", TextGeneration.of("gpt-4o", 1, 1).in(future)),
                  call(1),
                  new UsageEvent("z", TextGeneration.of("gpt-4o", 1, 1).in(past)),
                  unknownDevice,
                  new UsageEvent("w", TextGeneration.of("nobody-knows-this", 1, 1))));
      assertThat(result.added()).isEqualTo(3);
      assertThat(result.refused())
          .extracting(LedgerAppender.Refused::index, LedgerAppender.Refused::requestId)
          .containsExactly(tuple(1L, "y"), tuple(3L, "z"), tuple(4L, "x"));
      assertThat(result.refused().get(0).field()).isEqualTo("when");
      assertThat(result.refused().get(0).reason()).contains("future");
      assertThat(result.seal()).hasValueSatisfying(s -> assertThat(s.refused()).isEqualTo(3));
    }
    fixture().requireIntact();
  }

  @Test
  void letsReadersAndOtherWritersInBetween() throws Exception {
    Path file = Files.writeString(folder.resolve("u.jsonl"), LedgerFixture.calls(1_000, 1_010));
    try (LedgerAppender appender = appender()) {
      append(appender, calls(0, 10));
      Ledger.Snapshot before = fixture().ledger().snapshot();
      try (LedgerQuery open = LedgerQuery.open(before, RollupFiles.Pricing.CURRENT)) {
        append(appender, calls(10, 20));
        assertThat(open.total(Period.ALL).activities()).isEqualTo(10);
        assertThat(fixture().total().activities()).isEqualTo(20);
      }
      fixture().read(file);
      new LedgerForget(LedgerFixture.NOW, "test").user(fixture().ledger(), "u3", Duration.ZERO);
      append(appender, calls(0, 30));
    }
    // Those of u3 that were told before it was forgotten stay away, later ones are new.
    assertThat(fixture().rows("SELECT count(*) FROM events WHERE app = 'chat'"))
        .isEqualTo(List.of(List.of("26")));
    fixture().requireIntact();
    fixture().requireNothingUnsealed();
  }

  @Test
  void leavesTheLedgerAsItWasWhenItFailsAndGoesOnAfterwards() {
    try (LedgerAppender appender = appender()) {
      append(appender, calls(0, 10));
      Iterator<UsageEvent> breaking =
          new Iterator<>() {
            private int next = 10;

            @Override
            public boolean hasNext() {
              return true;
            }

            @Override
            public UsageEvent next() {
              if (next == 20) {
                throw new IllegalStateException("the source broke");
              }
              return call(next++);
            }
          };
      assertThatThrownBy(() -> appender.append(() -> breaking, "breaks", Duration.ZERO))
          .hasMessage("the source broke");
      assertThat(fixture().events()).isEqualTo(10);
      try (LedgerWriter other = fixture().ledger().writer(Duration.ZERO, LedgerFixture.NOW)) {
        assertThat(other.nextBatch()).isEqualTo(2);
        assertThatThrownBy(() -> append(appender, calls(10, 20)))
            .isInstanceOf(LedgerException.class)
            .hasMessageContaining("is being written by this process");
      }
      assertThat(append(appender, calls(10, 20)).added()).isEqualTo(10);
    }
    fixture().requireIntact();
    fixture().requireNothingUnsealed();
  }

  @Test
  void booksALargerCountOfABucketInThePlaceOfTheSmallerOne() {
    try (LedgerAppender appender = appender()) {
      UsageEvent small = new UsageEvent("meter|gpt-4o|9", call(0).activity());
      UsageEvent large = new UsageEvent("meter|gpt-4o|9", call(500).activity());
      append(appender, List.of(small));
      assertThat(append(appender, List.of(large)).revised()).isEqualTo(1);
      assertThat(append(appender, List.of(small)).seal()).isEmpty();
    }
    assertThat(fixture().rows("SELECT sum(input_tokens) FROM events"))
        .isEqualTo(List.of(List.of("600")));
    assertThat(fixture().total().activities()).isEqualTo(1);
  }

  @Test
  void takesCallsFromSeveralThreads() throws Exception {
    try (LedgerAppender appender = appender()) {
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        int from = 20 * t;
        threads.add(new Thread(() -> append(appender, calls(from, from + 30))));
      }
      threads.forEach(Thread::start);
      for (Thread each : threads) {
        each.join();
      }
    }
    assertThat(fixture().events()).isEqualTo(90);
    fixture().requireIntact();
  }

  @Test
  void takesNoEventWithoutAnId() {
    assertThatThrownBy(() -> new UsageEvent("  ", call(0).activity()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("request id");
  }

  @Test
  void takesNothingOnceItIsClosed() {
    LedgerAppender appender = appender();
    appender.close();
    assertThatThrownBy(() -> append(appender, calls(0, 1)))
        .isInstanceOf(IllegalStateException.class);
  }
}
