package io.gtrace.bench.fit;

import java.util.List;

/**
 * The constants of a law and the files of measurements that they are fitted to.
 *
 * @param name for people
 * @param constants with their priors
 * @param files beside this class
 */
public record Law(String name, List<LogParameter> constants, List<String> files) {
  /**
   * Text. Priors are multiples of data-sheet time: kernels reach half to all of the peak. What a
   * request reads is not published, so a fit cannot tell long inputs from costly prefill: prefill
   * is held near half of the peak rate, as serving systems report it.
   */
  static final Law TOKENS =
      new Law(
          "token law",
          List.of(
              new LogParameter("token-law-weights", 1.2, 0.3),
              new LogParameter("token-law-compute", 1.6, 0.4),
              new LogParameter("token-law-context", 1.5, 0.5),
              new LogParameter("token-law-prefill", 2, 0.15),
              new LogParameter("token-law-expert-compute", 2, 0.5),
              new LogParameter("token-law-8-bit-experts", 1.5, 0.4),
              new LogParameter("token-law-4-bit-weights", 1.2, 0.4),
              new LogParameter("token-law-scale-exponent", 0.2, 0.5),
              new LogParameter("token-law-recurrent-state", 2, 0.7),
              new LogParameter("token-law-layer-step-s", 3e-5, 0.7),
              new LogParameter("token-law-layer-batch-exponent", 0.3, 0.4),
              new LogParameter("token-law-token-step-s", 1.5e-5, 0.7),
              new LogParameter("token-law-expert-layer", 0.5, 0.7),
              new LogParameter("measured-input-tokens-lm-arena-chat", 100, 0.5),
              new LogParameter("measured-input-tokens-gpqa", 250, 0.5),
              new LogParameter("measured-input-tokens-sourcegraph-fim", 1500, 0.5),
              new LogParameter("measured-input-tokens-image-chat", 1000, 0.6),
              new LogParameter("measured-input-tokens-video-chat", 3000, 0.6),
              new LogParameter("measured-encoder-s-image-chat", 0.02, 1),
              new LogParameter("measured-encoder-s-video-chat", 0.02, 1)),
          List.of("text_generation_gpu_energy.csv"));

  /**
   * Images and videos together, so that one law must hold for both. A decoder of images does about
   * ten, of videos about fifty 10^12 operations for a megapixel; idle accelerators draw about a
   * quarter of their limit.
   */
  static final Law PIXELS =
      new Law(
          "pixel law",
          List.of(
              new LogParameter("pixel-law-linear", 2, 0.3),
              new LogParameter("pixel-law-attention", 2.5, 0.3),
              new LogParameter("pixel-law-activation", 60, 0.4),
              new LogParameter("pixel-law-linear-attention", 2, 0.5),
              new LogParameter("pixel-law-image-decoder-s", 0.03, 0.4),
              new LogParameter("pixel-law-video-decoder-s", 0.12, 0.5),
              new LogParameter("pixel-law-scale-exponent", 0.4, 0.3),
              new LogParameter("pixel-law-static-power-share", 0.26, 0.3),
              new LogParameter("pixel-law-layer-step-s", 1.4e-3, 0.5),
              new LogParameter("pixel-law-layer-step-shared", 1.2, 0.5),
              new LogParameter("pixel-law-exchange", 50, 0.5)),
          List.of("image_generation_gpu_energy.csv", "video_generation_gpu_energy.csv"));

  /** All laws that are fitted. */
  public static final List<Law> ALL = List.of(TOKENS, PIXELS);
}
