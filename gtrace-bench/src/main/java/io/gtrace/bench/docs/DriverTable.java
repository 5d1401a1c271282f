package io.gtrace.bench.docs;

import io.gtrace.activity.Driver;

/** The drivers: what they are the volume of, and how an activity has so much of each. */
final class DriverTable {
  private DriverTable() {}

  static String table() {
    MarkdownTable table = new MarkdownTable("driver", "unit", "meaning", "volume");
    for (Driver driver : Driver.values()) {
      table.row(
          "`" + driver.label() + "`",
          driver.unit().replace("10^18", "10¹⁸"),
          meaning(driver),
          volume(driver));
    }
    return table.toString();
  }

  private static String meaning(Driver driver) {
    return switch (driver) {
      case REQUESTS -> "calls to a model";
      case INPUT_TOKENS -> "tokens read and not found in a prompt cache";
      case CACHED_INPUT_TOKENS -> "tokens whose keys and values came from a prompt cache";
      case INPUT_TOKEN_PAIRS -> "an input token and an earlier token that it attends to";
      case OUTPUT_TOKENS -> "tokens written, visible and reasoning together";
      case CONTEXT_TOKEN_READS ->
          "a written token and an earlier token whose keys and values it reads";
      case IMAGES -> "images made";
      case IMAGE_STEPS -> "images times denoising steps";
      case MEGAPIXELS -> "10⁶ pixels made";
      case MEGAPIXEL_STEPS -> "megapixels times steps";
      case MEGAPIXEL_PAIR_STEPS -> "megapixels of one image squared, times steps";
      case VIDEOS -> "videos made";
      case VIDEO_STEPS -> "videos times denoising steps";
      case FRAME_MEGAPIXELS -> "frames times megapixels of a frame";
      case FRAME_MEGAPIXEL_STEPS -> "the same times steps";
      case FRAME_MEGAPIXEL_PAIR_STEPS -> "frame megapixels of one video squared, times steps";
      case AUDIO_INPUT_SECONDS -> "speech transcribed or translated";
      case SPEECH_SECONDS -> "speech made";
      case MUSIC_SECONDS -> "music or sound made";
      case ACCELERATOR_HOURS -> "accelerators held by a training, times hours";
      case UTILISED_ACCELERATOR_HOURS ->
          "the same times the share of the power between idle and full that was drawn";
      case TRAINING_EXAFLOPS -> "training compute where hours are not known";
      case METERED_KWH -> "electricity of a metered run that energy counters told";
      case MODELLED_KWH -> "the same of parts that were modelled by how busy they were";
    };
  }

  private static String volume(Driver driver) {
    return switch (driver) {
      case REQUESTS -> "n; 0 for training";
      case INPUT_TOKENS -> "i";
      case CACHED_INPUT_TOKENS -> "u";
      case INPUT_TOKEN_PAIRS -> "i (u + i/2) / n";
      case OUTPUT_TOKENS -> "o";
      case CONTEXT_TOKEN_READS -> "o (i + u + o/2) / n";
      case IMAGES, VIDEOS -> "n";
      case IMAGE_STEPS, VIDEO_STEPS -> "n s";
      case MEGAPIXELS -> "n X";
      case MEGAPIXEL_STEPS -> "n X (1 + j) s";
      case MEGAPIXEL_PAIR_STEPS -> "n (X (1 + j))² s";
      case FRAME_MEGAPIXELS -> "n f X";
      case FRAME_MEGAPIXEL_STEPS -> "n f X s";
      case FRAME_MEGAPIXEL_PAIR_STEPS -> "n (f X)² s";
      case AUDIO_INPUT_SECONDS, SPEECH_SECONDS, MUSIC_SECONDS -> "seconds of sound";
      case ACCELERATOR_HOURS -> "accelerators × hours";
      case UTILISED_ACCELERATOR_HOURS -> "accelerators × hours × utilisation";
      case TRAINING_EXAFLOPS -> "FLOP / 10¹⁸, or 6 × tokens × active parameters / 10¹⁸";
      case METERED_KWH, MODELLED_KWH -> "kWh";
    };
  }
}
