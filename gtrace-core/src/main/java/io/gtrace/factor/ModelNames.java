package io.gtrace.factor;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The many ways in which gateways, clouds and hubs write one model's name: {@code
 * openrouter/openai/gpt-4o:free}, {@code us.anthropic.claude-3-5-sonnet-20241022-v2:0}, {@code
 * gpt-4o-2024-08-06}, {@code ft:gpt-4o-mini:acme::x1}, {@code llama3.1:70b-instruct-q4_K_M}, {@code
 * databricks-meta-llama-3-3-70b-instruct}.
 *
 * <p>What is read away says who serves the model, how and since when, never which size or
 * generation it is. So a name that states a size or generation of which there is no model stays
 * unknown.
 */
final class ModelNames {
  private static final Pattern FINE_TUNE = Pattern.compile("^ft:([^:]+):.*$");
  private static final Pattern CUSTOM_MODEL_ARN =
      Pattern.compile("^arn:[^/]*:custom-model/([^/]+)/[^/]+$");
  private static final Pattern DEPLOYMENT = Pattern.compile("[#?].*$");

  private static final Pattern CLOUD_PREFIX =
      Pattern.compile(
          "^(?:(?:us|eu|apac|global|us-gov|jp|au|ca|sa|me|in)\\.)?(anthropic|meta|mistral|cohere"
              + "|amazon|ai21|deepseek|stability|openai|qwen|google|nvidia|moonshot|moonshotai"
              + "|minimax|zai|luma|writer|twelvelabs|xai|ibm)\\.");

  /** Who serves it, written before a colon: {@code groq:llama-3.3-70b-versatile}. */
  private static final Pattern HOST_BEFORE_COLON =
      Pattern.compile(
          "^(?:openai|azure|anthropic|google|google-gla|google-vertex|vertex|bedrock|groq|mistral"
              + "|cohere|huggingface|deepseek|ollama|together|fireworks|openrouter|cerebras|xai"
              + "|grok|moonshotai):(?!\\d)");

  /** Who made or serves it, written into the name: {@code databricks-claude-sonnet-4}. */
  private static final Pattern HOST_BEFORE_HYPHEN =
      Pattern.compile(
          "^(?:(?:databricks|meta|openai|anthropic|google|azure|bedrock|vertex|alibaba|nvidia"
              + "|snowflake|zai|xai|cohere|amazon|moonshotai|faster|mlx)-"
              + "|(?:google|qwen|meta-llama|mistralai|microsoft|nvidia|deepseek-ai|openai)_)");

  /** Longer ones are no names; what would be read of them is cut. */
  static final int LONGEST_NAME = 300;

  private static final String BEFORE = "[-_.:@ ]";
  private static final Pattern SIZE =
      Pattern.compile("(?:^|[^a-z0-9.])(?:\\d+x)?\\d+(?:\\.\\d+)?b(?:[^a-z0-9]|$)");
  private static final Pattern DATE_AT_END = Pattern.compile("20\\d{2}-?\\d{2}-?\\d{2}$");
  private static final Pattern TAG = Pattern.compile(":\\d");

  private enum Says {
    /** How it is served or packed. */
    NOTHING,
    /** Which of its snapshots it is. */
    SNAPSHOT,
    /** That it is tuned to follow instructions. */
    INSTRUCT,
    /** In which precision it is served. */
    PRECISION
  }

  /**
   * An ending that can be read away.
   *
   * @param after what must be left before it
   */
  private record Ending(Pattern pattern, Predicate<String> after, Says says) {
    static Ending of(String regex, Says says) {
      return of(regex, left -> true, says);
    }

    static Ending of(String regex, Predicate<String> after, Says says) {
      return new Ending(Pattern.compile(regex + "$"), after, says);
    }

    Optional<Reading> readAwayFrom(Reading reading) {
      Matcher matcher = pattern.matcher(reading.text());
      if (!matcher.find() || matcher.start() == 0) {
        return Optional.empty();
      }
      String left = reading.text().substring(0, matcher.start());
      if (!after.test(left)) {
        return Optional.empty();
      }
      Optional<Precision> stated =
          says == Says.PRECISION && reading.precision().isEmpty()
              ? precisionStatedBy(matcher.group(1))
              : reading.precision();
      return Optional.of(
          new Reading(
              left,
              stated,
              reading.snapshotDropped() || says == Says.SNAPSHOT,
              reading.instruct() || says == Says.INSTRUCT));
    }
  }

  private static final String MONTH = "(?:0[1-9]|1[0-2])";
  private static final String DAY = "(?:0[1-9]|[12]\\d|3[01])";

  private static final List<Ending> ENDINGS =
      List.of(
          Ending.of("\\.(?:gguf|ggml|safetensors|bin|onnx)", Says.NOTHING),
          Ending.of("-\\d{5}-of-\\d{5}", Says.NOTHING),
          Ending.of("\\[[^\\]]*\\]", Says.NOTHING),
          Ending.of(
              BEFORE
                  + "(?:latest|free|nitro|floor|online|extended|exacto|beta|thinking|non-thinking"
                  + "|self-moderated|maas|tput|throughput|tee|cloud|default|preview|exp"
                  + "|experimental)",
              Says.NOTHING),
          Ending.of(
              ":(?:groq|cerebras|together|fireworks-ai|novita|sambanova|hyperbolic|nebius|nscale"
                  + "|featherless-ai|hf-inference|replicate|fal-ai|cohere|baseten|scaleway"
                  + "|ovhcloud|publicai|zai-org|fastest|cheapest|auto|[0-9a-f]{12,64})",
              Says.NOTHING),
          Ending.of("-1:\\d", Says.NOTHING),
          Ending.of(
              "(?::\\d{1,2}(?::\\d+k)?|:\\d+k)",
              Pattern.compile("-v?\\d+$").asPredicate(),
              Says.NOTHING),
          Ending.of("-v1", Says.NOTHING),
          Ending.of("-(?:qwen|llama)-distill", ModelNames::statesASize, Says.NOTHING),
          Ending.of("-v\\d", DATE_AT_END.asPredicate(), Says.NOTHING),
          Ending.of("[-_@:]20\\d{2}(-?)" + MONTH + "\\1" + DAY, Says.SNAPSHOT),
          Ending.of("[-_@:]2[3-9]" + MONTH + DAY, Says.SNAPSHOT),
          Ending.of("[-_@:]" + MONTH + DAY, Says.SNAPSHOT),
          Ending.of("[-_@:]" + MONTH + "-" + DAY, Says.SNAPSHOT),
          // A year and a month are a generation where no size is stated: mistral-large-2411.
          Ending.of("[-_@:]2[3-9]" + MONTH, ModelNames::statesASize, Says.SNAPSHOT),
          Ending.of("[-_@:]" + MONTH + "-20\\d{2}", ModelNames::statesANumber, Says.SNAPSHOT),
          // text-embedding-004 is a generation, gemini-2.0-flash-001 is not.
          Ending.of("[-_@:]00\\d", ModelNames::statesANumber, Says.SNAPSHOT),
          Ending.of("-fast", Pattern.compile("^(?:o\\d|gpt-5)").asPredicate(), Says.NOTHING),
          Ending.of("/(?:text|image)-to-(?:image|video)", Says.NOTHING),
          Ending.of(
              "-(?:x?high|medium|low|minimal)",
              Pattern.compile("^(?:o\\d|gpt-|claude-|gemini-|grok-)").asPredicate(),
              Says.NOTHING),
          Ending.of(
              "-(?:turbo|versatile|instant|fast|basic|4096|8192|16384|32768|65536|131072|\\d{1,4}k)",
              ModelNames::statesASize,
              Says.NOTHING),
          Ending.of("-lite", name -> name.endsWith("-instruct"), Says.NOTHING),
          Ending.of(
              BEFORE
                  + "(fp32|f32|float32|bf16|bfloat16|fp16|f16|float16|half|fp8|float8|e4m3|fp4"
                  + "|int8|int4|nvfp4|mxfp4|w8a8|w4a16|w8a16|w4a8"
                  + "|[2-8](?:\\.\\d+)?[-_]?(?:bits?|bpw)"
                  + "|i?q[2-8](?:f16)?(?:[_-](?:[01]|k|xxs|xs|s|m|l|xl|nl))*|gptq|awq)",
              Says.PRECISION),
          Ending.of(
              BEFORE
                  + "(?:gguf|ggml|exl2|exl3|mlx|onnx|openvino|marlin|bnb|qat|unsloth|imat|i1|ud"
                  + "|dynamic|quantized|quant|hf|kv|\\d{2,3}g)",
              Says.NOTHING),
          Ending.of(BEFORE + "(?:instruct|chat|it)", Says.INSTRUCT));

  /**
   * One way to read a name.
   *
   * @param text what is left of it, in lower case
   * @param precision the precision that it states
   * @param snapshotDropped whether it named a snapshot that was read away
   * @param instruct whether it means the variant that is tuned to follow instructions
   */
  record Reading(
      String text, Optional<Precision> precision, boolean snapshotDropped, boolean instruct) {

    /**
     * The names that may be meant, likeliest first: without the host written into it, as the
     * variant that hosts serve under a plain name, with the maker's name.
     */
    Set<String> names() {
      Set<String> names = new LinkedHashSet<>();
      String plain = text;
      addVariants(names, plain, instruct);
      Matcher host = HOST_BEFORE_HYPHEN.matcher(plain);
      while (host.find() && host.end() < plain.length()) {
        plain = plain.substring(host.end());
        addVariants(names, plain, instruct);
        host = HOST_BEFORE_HYPHEN.matcher(plain);
      }
      if (plain.startsWith("llama")) {
        addVariants(names, "meta-" + plain, true);
      }
      return names;
    }

    private void addVariants(Set<String> names, String plain, boolean instructFirst) {
      if (!instructFirst) {
        names.add(plain);
      }
      names.add(plain + "-instruct");
      names.add(plain + "-it");
      names.add(plain + "-chat");
      names.add(plain);
      if (!snapshotDropped) {
        names.add(plain + "-latest");
        names.add(plain + "-preview");
      }
    }
  }

  private ModelNames() {}

  private static boolean statesASize(String name) {
    return SIZE.matcher(name).find();
  }

  private static boolean statesANumber(String name) {
    return name.chars().anyMatch(Character::isDigit);
  }

  /** The ways to read a name, those that leave least away first. */
  static List<Reading> readings(String name) {
    List<List<Reading>> byPath = new ArrayList<>();
    for (String path : paths(name)) {
      byPath.add(readingsOf(path));
      Matcher cloud = CLOUD_PREFIX.matcher(path);
      if (cloud.find()) {
        String rest = path.substring(cloud.end());
        byPath.add(readingsOf(rest));
        byPath.add(readingsOf(cloud.group(1) + "-" + rest));
      }
    }
    int most = byPath.stream().mapToInt(List::size).max().orElse(0);
    List<Reading> readings = new ArrayList<>();
    for (int leftAway = 0; leftAway < most; leftAway++) {
      for (List<Reading> each : byPath) {
        if (leftAway < each.size()) {
          readings.add(each.get(leftAway));
        }
      }
    }
    return readings;
  }

  /** The name without what says who serves it, for comparing it with others. */
  static String plain(String name) {
    List<String> paths = paths(name);
    String plain = paths.get(paths.size() - 1);
    Matcher cloud = CLOUD_PREFIX.matcher(plain);
    plain = cloud.find() ? plain.substring(cloud.end()) : plain;
    return HOST_BEFORE_HYPHEN.matcher(plain).replaceFirst("");
  }

  /** The precision in which a name says that the model is served. */
  static Optional<Precision> statedPrecision(String name) {
    return readings(name).stream().map(Reading::precision).flatMap(Optional::stream).findFirst();
  }

  /** The name, and what of it follows each slash: hosts and makers stand before it. */
  private static List<String> paths(String name) {
    String read = name.substring(0, Math.min(name.length(), LONGEST_NAME));
    String current = DEPLOYMENT.matcher(read.strip().toLowerCase(Locale.ROOT)).replaceFirst("");
    Matcher fineTune = FINE_TUNE.matcher(current);
    if (fineTune.matches()) {
      current = fineTune.group(1);
    }
    Matcher arn = CUSTOM_MODEL_ARN.matcher(current);
    if (arn.matches()) {
      current = arn.group(1);
    }
    List<String> paths = new ArrayList<>();
    paths.add(current);
    current = current.replace('\\', '/');
    for (int slash = current.indexOf('/'); slash >= 0; slash = current.indexOf('/')) {
      current = current.substring(slash + 1);
      paths.add(current);
    }
    Matcher host = HOST_BEFORE_COLON.matcher(current);
    if (host.find()) {
      paths.add(current.substring(host.end()));
    }
    return paths;
  }

  /** What is left of a path as its endings are read away, one after the other. */
  private static List<Reading> readingsOf(String path) {
    List<Reading> readings = new ArrayList<>();
    Optional<Reading> next =
        Optional.of(new Reading(path, Optional.empty(), false, TAG.matcher(path).find()));
    while (next.isPresent()) {
      Reading reading = next.get();
      readings.add(reading);
      next = ENDINGS.stream().flatMap(ending -> ending.readAwayFrom(reading).stream()).findFirst();
    }
    return readings;
  }

  /** The stored precision nearest to what a name states: {@code q5_k_m} is nearest to 4 bits. */
  private static Optional<Precision> precisionStatedBy(String stated) {
    Optional<Precision> known = Precision.parse(stated);
    if (known.isPresent()) {
      return known;
    }
    return switch (stated) {
      case "f16" -> Optional.of(Precision.FP16);
      case "f32" -> Optional.of(Precision.FP32);
      case "w8a16" -> Optional.of(Precision.INT8);
      case "w4a8" -> Optional.of(Precision.INT4);
      default ->
          stated
              .chars()
              .filter(Character::isDigit)
              .mapToObj(digit -> digit <= '5' ? Precision.INT4 : Precision.INT8)
              .findFirst();
    };
  }
}
