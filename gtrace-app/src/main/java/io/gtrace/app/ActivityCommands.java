package io.gtrace.app;

import io.gtrace.activity.Activity;
import io.gtrace.activity.Context;
import io.gtrace.activity.Embedding;
import io.gtrace.activity.ImageGeneration;
import io.gtrace.activity.MusicGeneration;
import io.gtrace.activity.SpeechToText;
import io.gtrace.activity.TextGeneration;
import io.gtrace.activity.TextToSpeech;
import io.gtrace.activity.Training;
import io.gtrace.activity.VideoGeneration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The activities that {@code estimate}, {@code explain} and {@code compare} understand. */
final class ActivityCommands {
  /** The command of each activity, by its name, in the order of the help. */
  static final Map<String, Class<?>> BY_NAME = byName();

  private ActivityCommands() {}

  private static Map<String, Class<?>> byName() {
    Map<String, Class<?>> byName = new LinkedHashMap<>();
    byName.put("text", Text.class);
    byName.put("embedding", Embeddings.class);
    byName.put("image", Image.class);
    byName.put("video", Video.class);
    byName.put("audio", Audio.class);
    byName.put("training", TrainingRun.class);
    return Collections.unmodifiableMap(byName);
  }

  @Command(
      name = "text",
      mixinStandardHelpOptions = true,
      description = "Text generation: chat, completion, code.",
      footer = {
        "",
        "Example: ${COMMAND-FULL-NAME} --model gpt-4o --input-tokens 500 --output-tokens 300"
            + " --region eu-west-3"
      })
  static final class Text extends ActivityCommand {
    @Option(
        names = "--requests",
        paramLabel = "COUNT",
        defaultValue = "1",
        description = "Calls (default: 1).")
    private long requests;

    @Option(
        names = "--input-tokens",
        paramLabel = "TOKENS",
        defaultValue = "0",
        description = "Tokens read and not found in a prompt cache.")
    private long inputTokens;

    @Option(
        names = "--cached-input-tokens",
        paramLabel = "TOKENS",
        defaultValue = "0",
        description = "Tokens read from a prompt cache, in addition.")
    private long cachedInputTokens;

    @Option(
        names = "--output-tokens",
        paramLabel = "TOKENS",
        defaultValue = "0",
        description = "Visible tokens written.")
    private long outputTokens;

    @Option(
        names = "--reasoning-tokens",
        paramLabel = "TOKENS",
        defaultValue = "0",
        description = "Hidden tokens written while thinking, in addition.")
    private long reasoningTokens;

    @Mixin private EcoLogitsOptions ecoLogits = new EcoLogitsOptions();

    @Override
    String defaultModel() {
      return method() == Method.ecologits && ecoLogits.describeTheModel() ? "described" : "";
    }

    @Override
    Optional<EcoLogitsOptions> ecoLogits() {
      return Optional.of(ecoLogits);
    }

    @Override
    Activity activity(String model, Context context) {
      TextGeneration text =
          new TextGeneration(
              model,
              requests,
              inputTokens,
              cachedInputTokens,
              outputTokens,
              reasoningTokens,
              context);
      boolean writes = outputTokens > 0 || reasoningTokens > 0;
      if (!writes && method() == Method.ecologits) {
        throw wrong("missing --output-tokens: the EcoLogits method prices what is written");
      }
      if (!writes && inputTokens == 0 && cachedInputTokens == 0) {
        throw wrong(
            "missing --output-tokens, --input-tokens, or both: without tokens there is nothing to"
                + " price");
      }
      return text;
    }
  }

  @Command(
      name = "embedding",
      mixinStandardHelpOptions = true,
      description = "Text turned into vectors.",
      footer = {
        "",
        "Example: ${COMMAND-FULL-NAME} --model text-embedding-3-small --input-tokens 8000"
      })
  static final class Embeddings extends ActivityCommand {
    @Option(
        names = "--requests",
        paramLabel = "COUNT",
        defaultValue = "1",
        description = "Texts (default: 1).")
    private long requests;

    @Option(
        names = "--input-tokens",
        paramLabel = "TOKENS",
        required = true,
        description = "Tokens of all texts.")
    private long inputTokens;

    @Override
    Activity activity(String model, Context context) {
      return new Embedding(model, requests, inputTokens, context);
    }
  }

  @Command(
      name = "image",
      mixinStandardHelpOptions = true,
      description = "Images made or edited.",
      footer = {
        "",
        "Example: ${COMMAND-FULL-NAME} --model flux.1-dev --count 4 --width 1024 --height 1024"
      })
  static final class Image extends ActivityCommand {
    @Option(
        names = "--count",
        paramLabel = "COUNT",
        defaultValue = "1",
        description = "Images (default: 1).")
    private long count;

    @Option(
        names = "--width",
        paramLabel = "PIXELS",
        defaultValue = "0",
        description = "Pixels (default: the model's).")
    private int width;

    @Option(
        names = "--height",
        paramLabel = "PIXELS",
        defaultValue = "0",
        description = "Pixels (default: the model's).")
    private int height;

    @Option(
        names = "--steps",
        paramLabel = "STEPS",
        defaultValue = "0",
        description = "Denoising steps.")
    private int steps;

    @Option(
        names = "--input-images",
        paramLabel = "COUNT",
        defaultValue = "0",
        description = "Images given to edit.")
    private int inputImages;

    @Override
    Activity activity(String model, Context context) {
      return new ImageGeneration(model, count, width, height, steps, inputImages, context);
    }
  }

  @Command(
      name = "video",
      mixinStandardHelpOptions = true,
      description = "Videos made.",
      footer = {"", "Example: ${COMMAND-FULL-NAME} --model sora-2 --seconds 5"})
  static final class Video extends ActivityCommand {
    @Option(
        names = "--count",
        paramLabel = "COUNT",
        defaultValue = "1",
        description = "Videos (default: 1).")
    private long count;

    @Option(
        names = "--seconds",
        paramLabel = "SECONDS",
        description = "Length of one video (default: the model's).")
    private Optional<Double> seconds = Optional.empty();

    @Option(
        names = "--fps",
        paramLabel = "FPS",
        description = "Frames a second (default: the model's).")
    private Optional<Double> fps = Optional.empty();

    @Option(
        names = "--frames",
        paramLabel = "FRAMES",
        defaultValue = "0",
        description = "Frames, in place of seconds.")
    private int frames;

    @Option(
        names = "--width",
        paramLabel = "PIXELS",
        defaultValue = "0",
        description = "Pixels (default: the model's).")
    private int width;

    @Option(
        names = "--height",
        paramLabel = "PIXELS",
        defaultValue = "0",
        description = "Pixels (default: the model's).")
    private int height;

    @Option(
        names = "--steps",
        paramLabel = "STEPS",
        defaultValue = "0",
        description = "Denoising steps.")
    private int steps;

    @Override
    Activity activity(String model, Context context) {
      return new VideoGeneration(
          model,
          count,
          seconds.map(length -> aboveZero("--seconds", length)).orElse(0.0),
          fps.map(rate -> aboveZero("--fps", rate)).orElse(0.0),
          frames,
          width,
          height,
          steps,
          context);
    }
  }

  @Command(
      name = "audio",
      mixinStandardHelpOptions = true,
      description = "Speech transcribed, speech or music generated.",
      footer = {
        "",
        "Example: ${COMMAND-FULL-NAME} --task speech-to-text --model whisper-large-v3"
            + " --seconds 600"
      })
  static final class Audio extends ActivityCommand {
    /** What is done with sound. */
    enum Task {
      SPEECH_TO_TEXT,
      TEXT_TO_SPEECH,
      MUSIC
    }

    @Option(
        names = "--task",
        paramLabel = "TASK",
        required = true,
        description = "speech-to-text, text-to-speech or music.")
    private Task task = Task.SPEECH_TO_TEXT;

    @Option(
        names = "--seconds",
        paramLabel = "SECONDS",
        required = true,
        description = "Length of the sound.")
    private double seconds;

    @Override
    Activity activity(String model, Context context) {
      double length = aboveZero("--seconds", seconds);
      return switch (task) {
        case SPEECH_TO_TEXT -> new SpeechToText(model, length, context);
        case TEXT_TO_SPEECH -> new TextToSpeech(model, length, context);
        case MUSIC -> new MusicGeneration(model, length, context);
      };
    }
  }

  @Command(
      name = "training",
      mixinStandardHelpOptions = true,
      description =
          "Training or fine-tuning: by accelerator hours, by compute, or by tokens and parameters.",
      footer = {
        "",
        "Example: ${COMMAND-FULL-NAME} --accelerator h100-sxm --count 8 --hours 72"
            + " --utilisation 0.8 --region FR"
      })
  static final class TrainingRun extends ActivityCommand {
    @Option(
        names = "--accelerator",
        paramLabel = "DEVICE",
        required = true,
        description = "The accelerator.")
    private String accelerator = "";

    @Option(
        names = "--count",
        paramLabel = "COUNT",
        defaultValue = "1",
        description = "Accelerators (default: 1).")
    private long count;

    @Option(names = "--hours", paramLabel = "HOURS", description = "Hours each was held.")
    private Optional<Double> hours = Optional.empty();

    @Option(
        names = "--utilisation",
        paramLabel = "SHARE",
        defaultValue = "" + Training.USUAL_UTILISATION,
        description =
            "Share of the power between idle and full that was drawn (default: ${DEFAULT-VALUE}).")
    private double utilisation;

    @Option(
        names = {"--flop", "--flops"},
        paramLabel = "FLOP",
        description = "Compute, in FLOP.")
    private Optional<Double> flop = Optional.empty();

    @Option(names = "--tokens", paramLabel = "TOKENS", description = "Tokens seen.")
    private Optional<Double> tokens = Optional.empty();

    @Option(
        names = {"--active-params", "--active-parameters", "--parameters"},
        paramLabel = "BILLIONS",
        description = "Parameters that act on a token, in billions.")
    private Optional<Double> activeBillions = Optional.empty();

    @Override
    String defaultModel() {
      return "training";
    }

    @Override
    Activity activity(String model, Context context) {
      return new Training(model, accelerator, work(), context);
    }

    private Training.Work work() {
      boolean byTokens = tokens.isPresent() || activeBillions.isPresent();
      if ((hours.isPresent() ? 1 : 0) + (flop.isPresent() ? 1 : 0) + (byTokens ? 1 : 0) != 1) {
        throw wrong("give one of --hours, --flop, or --tokens with --active-params");
      }
      if (hours.isPresent()) {
        return new Training.AcceleratorTime(count, hours.get(), utilisation);
      }
      if (flop.isPresent()) {
        return new Training.Compute(flop.get());
      }
      if (tokens.isEmpty() || activeBillions.isEmpty()) {
        throw wrong("--tokens and --active-params go together");
      }
      return new Training.TokensTimesParameters(tokens.get(), activeBillions.get() * 1e9);
    }
  }
}
