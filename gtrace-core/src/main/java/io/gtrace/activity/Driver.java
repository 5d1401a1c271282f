package io.gtrace.activity;

import java.util.Locale;

/**
 * A volume that an activity has and that costs energy. A rate card gives the energy of one unit of
 * a driver; an activity is the list of its driver volumes.
 *
 * <p>Drivers that are products of sizes (token pairs, megapixels squared) are there because
 * attention grows with the square of what it attends to; they keep every estimator linear in its
 * drivers, so that one table can price it.
 */
public enum Driver {
  /** Calls to a model. */
  REQUESTS("request"),
  /** Tokens read by the model that were not found in a prompt cache. */
  INPUT_TOKENS("token"),
  /** Tokens whose keys and values came from a prompt cache. */
  CACHED_INPUT_TOKENS("token"),
  /** Pairs of an input token and an earlier token it attends to during prefill. */
  INPUT_TOKEN_PAIRS("token pair"),
  /** Tokens generated, visible and reasoning tokens together. */
  OUTPUT_TOKENS("token"),
  /** Pairs of a generated token and an earlier token whose cached keys and values it reads. */
  CONTEXT_TOKEN_READS("token read"),
  /** Images generated. */
  IMAGES("image"),
  /** Images times denoising steps: what a step costs whatever its size. */
  IMAGE_STEPS("image step"),
  /** Megapixels generated (one megapixel is 10^6 pixels): the work of the image decoder. */
  MEGAPIXELS("megapixel"),
  /** Megapixels times denoising steps. */
  MEGAPIXEL_STEPS("megapixel step"),
  /** Megapixels of one image squared, times denoising steps, summed over images. */
  MEGAPIXEL_PAIR_STEPS("megapixel² step"),
  /** Videos generated. */
  VIDEOS("video"),
  /** Videos times denoising steps: what a step costs whatever its size. */
  VIDEO_STEPS("video step"),
  /** Frames times megapixels of a frame: the work of the video decoder. */
  FRAME_MEGAPIXELS("frame megapixel"),
  /** Frames times megapixels of a frame times denoising steps. */
  FRAME_MEGAPIXEL_STEPS("frame megapixel step"),
  /** Frame megapixels of one video squared, times denoising steps, summed over videos. */
  FRAME_MEGAPIXEL_PAIR_STEPS("frame megapixel² step"),
  /** Seconds of speech transcribed or translated. */
  AUDIO_INPUT_SECONDS("second"),
  /** Seconds of speech generated. */
  SPEECH_SECONDS("second"),
  /** Seconds of music or sound generated. */
  MUSIC_SECONDS("second"),
  /** Accelerators times hours that a training run held them. */
  ACCELERATOR_HOURS("accelerator hour"),
  /** Accelerator hours times the share of thermal design power drawn above idle, 0 to 1. */
  UTILISED_ACCELERATOR_HOURS("accelerator hour"),
  /** Training compute in 10^18 floating-point operations, where hours were not measured. */
  TRAINING_EXAFLOPS("10^18 FLOP"),
  /** Electricity of hardware that energy counters told. */
  METERED_KWH("kWh"),
  /** Electricity of hardware that was modelled by how busy it was, as no counter could be read. */
  MODELLED_KWH("kWh");

  private final String unit;

  Driver(String unit) {
    this.unit = unit;
  }

  /** The unit in words, singular. */
  public String unit() {
    return unit;
  }

  /** The name in files: lower case, words joined by underscores. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
