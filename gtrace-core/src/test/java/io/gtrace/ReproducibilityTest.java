package io.gtrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.activity.Activity;
import io.gtrace.activity.Context;
import io.gtrace.activity.Embedding;
import io.gtrace.activity.ImageGeneration;
import io.gtrace.activity.MusicGeneration;
import io.gtrace.activity.SpeechToText;
import io.gtrace.activity.TextGeneration;
import io.gtrace.activity.Training;
import io.gtrace.activity.VideoGeneration;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.ratecard.CardRow;
import io.gtrace.uncertainty.Correlations;
import io.gtrace.uncertainty.Draws;
import io.gtrace.uncertainty.Scatter;
import io.gtrace.uncertainty.Shape;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Draws, rows of the card and footprints are the same to the last bit, however many threads ask for
 * them and in whatever order; draws are the same in every process, on every Java.
 */
class ReproducibilityTest {
  /**
   * SHA-256 over the draws below. Another one means that the intervals of all figures that were
   * ever printed or sealed would come out otherwise.
   */
  private static final String DRAWS =
      "bf4b4e9f159be238cd945481dcf3db2f91e6391dc98ce2909ee462a1fd2b7a06";

  /** What the shipped factors are called, and SHA-256 over the figures that come of them. */
  private static final String FACTORS =
      "sha256:abee5065b0109fe2d114d9f81759e57935ac01f8a66f170c40a3afa83b20ca3e";

  private static final String FIGURES =
      "e937ca29ef6048468a1484557d15dd854063c7c6d8bd37ba5be6afa7626793e8";

  /** Figures that differ in later digits were summed in another order. */
  private static final MathContext FIGURE_DIGITS = new MathContext(6);

  /** Machines may differ in the last bit of a logarithm. */
  private static final MathContext DIGITS = new MathContext(10);

  private static final Instant MOMENT = Instant.parse("2023-06-15T17:30:00Z");

  private static final List<Activity> ACTIVITIES =
      List.of(
          TextGeneration.of("gpt-4o", 500, 300).at("eu-west-3").on(MOMENT),
          TextGeneration.of("gpt-4o", 500, 300).at("US-CISO").on(MOMENT),
          TextGeneration.of("gpt-4o-mini", 9_000, 20).at("azure/westeurope"),
          TextGeneration.of("meta-llama/Llama-3.1-8B-Instruct", 700, 90).at("rtx-4090@DE"),
          TextGeneration.of("claude-sonnet-4-20250514", 3_000, 900),
          Embedding.of("text-embedding-3-small", 8_000).at("DE"),
          ImageGeneration.of("flux.1-dev", 2).at("us-east-1"),
          VideoGeneration.of("sora-2", 5).at("US-CA"),
          SpeechToText.of("whisper-large-v3", 600).at("IN"),
          MusicGeneration.of("musicgen-large", 30).at("rtx-4090@FR"),
          new Training("run", "h100-sxm", new Training.AcceleratorTime(8, 72, 0.8), Context.UNKNOWN)
              .at("FR"));

  @Test
  void drawsAreTheSameInEveryProcess() {
    Correlations correlations = Correlations.of(List.of(new Correlations.Pair("b", "a", 0.8)));
    Draws draws = Draws.standard(correlations);
    MessageDigest digest = sha256();
    for (String factor : List.of("serving-batch", "pue:aws", "a", "b", "grid:é")) {
      for (Shape shape : Shape.values()) {
        double median = shape == Shape.ABOVE_ONE ? 1.2 : 0.4;
        for (double value : draws.of(factor, new Scatter(median, 0.3, 0.5, shape))) {
          String digits = new BigDecimal(value).round(DIGITS).stripTrailingZeros().toString();
          digest.update((digits + "\n").getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(DRAWS);
  }

  /** A ledger prices by what it keeps under the name of the factors, and calls it the same. */
  @Test
  void otherFiguresHaveFactorsOfAnotherName() {
    FactorCatalogue catalogue = FactorCatalogue.shipped();
    GTrace gtrace = GTrace.of(catalogue, Fallback.REFUSE);
    MessageDigest digest = sha256();
    for (Activity activity : ACTIVITIES) {
      Footprint footprint = gtrace.estimate(activity);
      for (Impact impact : Impact.values()) {
        if (footprint.quantity(impact).isPresent()) {
          for (double draw : footprint.draws(impact)) {
            digest.update((figure(draw) + "\n").getBytes(StandardCharsets.UTF_8));
          }
        }
      }
    }
    String figures = HexFormat.of().formatHex(digest.digest());
    String now = "now FACTORS is " + catalogue.factorSet() + " and FIGURES " + figures;
    assertThat(catalogue.factorSet())
        .as("factors were changed: write down what comes of them; " + now)
        .isEqualTo(FACTORS);
    assertThat(figures)
        .as("other figures of the same factors: raise FactorTables.METHOD_VERSION; " + now)
        .isEqualTo(FIGURES);
  }

  private static String figure(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).round(FIGURE_DIGITS).stripTrailingZeros().toString()
        : Double.toString(value);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void figuresAreTheSameForAnyNumberOfThreads(int threads) throws Exception {
    Map<Integer, String> inOrder = new TreeMap<>();
    GTrace alone = GTrace.of(FactorCatalogue.shipped(), Fallback.REFUSE);
    for (int i = 0; i < ACTIVITIES.size(); i++) {
      inOrder.put(i, told(alone, ACTIVITIES.get(i)));
    }
    // Nothing is compiled yet, so that threads meet at every first use.
    GTrace shared = GTrace.of(FactorCatalogue.shipped(), Fallback.REFUSE);
    List<Map<Integer, String>> byThread = toldByThreads(threads, shared);
    assertThat(byThread).hasSize(threads).allMatch(inOrder::equals);
  }

  private static List<Map<Integer, String>> toldByThreads(int threads, GTrace shared)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(threads);
    List<Callable<Map<Integer, String>>> tasks = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < ACTIVITIES.size(); i++) {
        order.add(i);
      }
      Collections.shuffle(order, new Random(thread));
      tasks.add(() -> {
        start.await();
        Map<Integer, String> told = new TreeMap<>();
        for (int i : order) {
          told.put(i, told(shared, ACTIVITIES.get(i)));
        }
        return told;
      });
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Map<Integer, String>> told = new ArrayList<>();
      for (Future<Map<Integer, String>> each : pool.invokeAll(tasks)) {
        told.add(each.get());
      }
      return told;
    } finally {
      pool.shutdownNow();
    }
  }

  /** All that the API tells of an activity, bit by bit. */
  private static String told(GTrace gtrace, Activity activity) {
    List<Object> all = new ArrayList<>();
    CardRow row = gtrace.card().row(activity);
    Footprint footprint = gtrace.estimate(activity);
    for (Impact impact : Impact.values()) {
      row.drivers().forEach(driver -> all.add(row.perUnit(driver, impact)));
      if (footprint.quantity(impact).isPresent()) {
        all.add(footprint.quantity(impact).orElseThrow());
        all.add(Arrays.toString(footprint.draws(impact)));
      }
    }
    all.add(gtrace.explain(activity));
    return all.toString();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }
}
