package io.gtrace.simulation.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.gtrace.activity.Activity;
import io.gtrace.activity.Context;
import io.gtrace.activity.ImageGeneration;
import io.gtrace.activity.MusicGeneration;
import io.gtrace.activity.TextGeneration;
import io.gtrace.activity.VideoGeneration;
import io.gtrace.factor.FactorCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The curves against ML.ENERGY v3: how energy and time change with the batch. */
class BatchCurveTest {
  private static final Path MEASURED =
      Path.of("../gtrace-bench/src/main/resources/io/gtrace/bench/fit");
  private static final FactorCatalogue CATALOGUE = FactorCatalogue.shipped();

  /** A measured batch and what the law says of it. */
  private record Point(double batch, double joules, double seconds, OutputLaw law, int gpus) {
    static Point of(NamedCsvRecord row, String energy, Activity output) {
      double latencyS = number(row, "batch_latency_s");
      return new Point(number(row, "batch"), number(row, energy), latencyS, lawOf(row, output), 1);
    }

    double energyOver(Point single) {
      return law.joules(gpus, batch)
          / single.law.joules(gpus, single.batch)
          / (joules / single.joules);
    }

    double timeOver(Point single) {
      return law.seconds(gpus, batch)
          / single.law.seconds(gpus, single.batch)
          / (seconds / single.seconds);
    }

    double time() {
      return law.seconds(gpus, batch) / seconds;
    }
  }

  private static double number(NamedCsvRecord row, String field) {
    return Double.parseDouble(row.getField(field));
  }

  private static int whole(NamedCsvRecord row, String field) {
    return Integer.parseInt(row.getField(field));
  }

  private static OutputLaw lawOf(NamedCsvRecord row, Activity output) {
    return OutputLaw.of(CATALOGUE, output, CATALOGUE.accelerator(row.getField("gpu")));
  }

  private static Point image(NamedCsvRecord row) {
    Activity output =
        ImageGeneration.of(row.getField("model"), 1)
            .sized(whole(row, "width_px"), whole(row, "height_px"))
            .withSteps(whole(row, "steps"));
    return Point.of(row, "energy_per_image_j", output);
  }

  private static Point video(NamedCsvRecord row) {
    Activity output =
        new VideoGeneration(
            row.getField("model"),
            1,
            0,
            0,
            whole(row, "frames"),
            whole(row, "width_px"),
            whole(row, "height_px"),
            whole(row, "steps"),
            Context.UNKNOWN);
    return Point.of(row, "energy_per_video_j", output);
  }

  /** What a model took on so many accelerators, by ascending batch. */
  private static List<Point> measured(
      String modality,
      String model,
      String gpu,
      int gpus,
      Predicate<NamedCsvRecord> which,
      Function<NamedCsvRecord, Point> point)
      throws IOException {
    Path file = MEASURED.resolve(modality + "_generation_gpu_energy.csv");
    try (Stream<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file).stream()) {
      return rows.filter(row -> row.getField("model").endsWith("/" + model))
          .filter(row -> row.getField("gpu").equals(gpu) && whole(row, "gpus") == gpus)
          .filter(which)
          .map(point)
          .toList();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SANA1.5_1.6B_1024px_diffusers, H100",
    "SANA1.5_1.6B_1024px_diffusers, B200",
    "SANA1.5_4.8B_1024px_diffusers, H100",
    "SANA1.5_4.8B_1024px_diffusers, B200",
    "PixArt-Sigma-XL-2-1024-MS, H100",
    "PixArt-Sigma-XL-2-1024-MS, B200",
    "FLUX.1-dev, H100",
    "FLUX.1-dev, B200",
    "stable-diffusion-3.5-large, H100",
    "stable-diffusion-3.5-large, B200"
  })
  void imagesInABatchCostWhatWasMeasured(String model, String gpu) throws IOException {
    List<Point> points = measured("image", model, gpu, 1, row -> true, BatchCurveTest::image);

    assertThat(points).hasSizeGreaterThanOrEqualTo(5);
    Point single = points.get(0);
    assertThat(single.batch()).isEqualTo(1);
    for (Point point : points) {
      assertThat(point.energyOver(single)).as("energy at %s", point.batch()).isBetween(0.88, 1.12);
      assertThat(point.timeOver(single)).as("time at %s", point.batch()).isBetween(0.95, 1.35);
      assertThat(point.time()).as("seconds at %s", point.batch()).isBetween(0.7, 1.25);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Wan2.1-T2V-1.3B-Diffusers, H100",
    "Wan2.1-T2V-14B-Diffusers, B200",
    "CogVideoX1.5-5B, H100",
    "HunyuanVideo, B200"
  })
  void videosInABatchCostWhatWasMeasured(String model, String gpu) throws IOException {
    List<Point> points = measured("video", model, gpu, 1, row -> true, BatchCurveTest::video);

    assertThat(points).hasSizeGreaterThanOrEqualTo(3);
    Point single = points.get(0);
    for (Point point : points) {
      assertThat(point.energyOver(single)).isBetween(0.92, 1.08);
      assertThat(point.timeOver(single)).isBetween(0.95, 1.05);
      assertThat(point.time()).isBetween(0.8, 1.2);
    }
  }

  /** Answers of chat, where energy falls to a tenth over batches that differ by up to 64 times. */
  @ParameterizedTest
  @CsvSource({
    "Qwen3-8B, H100, 1",
    "Qwen3-32B, H100, 2",
    "Llama-3.1-8B-Instruct, H100, 1",
    "Llama-3.1-70B-Instruct, H100, 4",
    "Qwen3-30B-A3B-Instruct-2507, H100, 2",
    "gemma-3-12b-it, B200, 1"
  })
  void answersInABatchCostWhatWasMeasured(String model, String gpu, int gpus) throws IOException {
    List<Point> points =
        measured(
            "text",
            model,
            gpu,
            gpus,
            row -> row.getField("task").equals("lm-arena-chat"),
            BatchCurveTest::text);

    assertThat(points).hasSizeGreaterThanOrEqualTo(5);
    Point first = points.get(0);
    for (Point point : points) {
      assertThat(point.energyOver(first)).as("energy at %s", point.batch()).isBetween(0.65, 1.2);
      assertThat(point.time()).as("seconds at %s", point.batch()).isBetween(0.75, 1.45);
    }
  }

  private static Point text(NamedCsvRecord row) {
    double batch = number(row, "avg_batch");
    double written = number(row, "avg_output_tokens");
    double read = CATALOGUE.assumption("measured-input-tokens-lm-arena-chat").median();
    OutputLaw law =
        lawOf(row, TextGeneration.of(row.getField("model"), Math.round(read), Math.round(written)));
    return new Point(
        batch,
        number(row, "energy_per_output_token_j") * written,
        batch * written / number(row, "output_tokens_per_s"),
        law,
        whole(row, "gpus"));
  }

  @Test
  void imagesWrittenTokenByTokenGainFromBatchesAsTextDoes() {
    BatchCurve curve =
        BatchCurve.of(
            CATALOGUE, ImageGeneration.of("gpt-image-1", 1), CATALOGUE.accelerator("h100"), 4, 64);

    assertThat(curve.joules(64)).isLessThan(curve.joules(1) / 10);
    assertThat(curve.outputsPerS(64)).isGreaterThan(10 * curve.outputsPerS(1));
    assertThat(curve.seconds(64)).isGreaterThan(curve.seconds(1));
  }

  @Test
  void anEditTakesLongerThanAnImageOfItsOwn() {
    ImageGeneration image = ImageGeneration.of("flux.1-dev", 1);

    BatchCurve plain = BatchCurve.of(CATALOGUE, image, CATALOGUE.accelerator("h100"), 1, 2);
    BatchCurve edit = BatchCurve.of(CATALOGUE, image.asEdit(), CATALOGUE.accelerator("h100"), 1, 2);

    assertThat(edit.joules(1)).isGreaterThan(1.8 * plain.joules(1));
    assertThat(edit.seconds(1) / plain.seconds(1))
        .isCloseTo(edit.joules(1) / plain.joules(1), withPercentage(5));
  }

  @Test
  void whatManyMakeOfManyCountsAsOne() {
    VideoGeneration one = VideoGeneration.of("wan2.1-t2v-14b-diffusers", 5);
    VideoGeneration many = new VideoGeneration(one.model(), 40, 5, 0, 0, 0, 0, 0, Context.UNKNOWN);

    assertThat(BatchCurve.of(CATALOGUE, many, CATALOGUE.accelerator("h100"), 1, 1).joules(1))
        .isCloseTo(
            BatchCurve.of(CATALOGUE, one, CATALOGUE.accelerator("h100"), 1, 1).joules(1),
            within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 65_537})
  void aBatchThatNoServerTakesIsRefused(int largest) {
    assertThatThrownBy(() -> BatchCurve.of(largest, batch -> 1, batch -> 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("largest batch");
  }

  @Test
  void whatCannotBeServedIsRefused() {
    assertThatThrownBy(() -> BatchCurve.of(3, batch -> 1, batch -> batch * batch))
        .hasMessage("a batch of 2 makes fewer outputs a second than one of 1");
    assertThatThrownBy(() -> BatchCurve.of(2, batch -> Double.NaN, batch -> 1))
        .hasMessageContaining("joules at batch 1");
    assertThatThrownBy(() ->
            BatchCurve.of(
                CATALOGUE,
                MusicGeneration.of("musicgen-large", 30),
                CATALOGUE.accelerator("h100"),
                1,
                1))
        .hasMessage("a fleet makes text, images or videos, not music");
    assertThatThrownBy(() ->
            BatchCurve.of(
                CATALOGUE, TextGeneration.of("gpt-4o", 10, 0), CATALOGUE.accelerator("h100"), 1, 1))
        .hasMessage("outputTokens of a typical answer must be above 0");
  }
}
