package io.gtrace.ledger;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A column of a usage file, with the names under which it is found. */
public enum UsageColumn {
  MODALITY("type"),
  MODEL("model_name", "model_id"),
  SITE("region", "location"),
  WHEN("timestamp", "time", "started_at", "created_at"),
  TEAM("department", "cost_center"),
  APP("application", "service", "project"),
  USER("user_id"),
  REQUESTS("calls"),
  INPUT_TOKENS("prompt_tokens", "contexttokens", "context_tokens"),
  CACHED_INPUT_TOKENS("cached_tokens", "cache_read_input_tokens"),
  OUTPUT_TOKENS("completion_tokens", "generatedtokens", "generated_tokens"),
  REASONING_TOKENS(),
  COUNT("images", "n"),
  WIDTH_PX("width"),
  HEIGHT_PX("height"),
  STEPS("inference_steps"),
  INPUT_IMAGES(),
  SECONDS("duration_s", "audio_seconds"),
  FPS("frames_per_second"),
  FRAMES(),
  ACCELERATOR("gpu", "device"),
  HOURS(),
  UTILISATION("utilization"),
  FLOP("flops"),
  TOKENS("training_tokens"),
  ACTIVE_PARAMETERS("parameters"),
  METERED_KWH(),
  MODELLED_KWH(),
  /** Tells an event that is there again from another one like it; prices nothing. */
  REQUEST_ID("requestid");

  private static final Map<String, UsageColumn> BY_NAME = byName();

  // List.of is immutable; the checker cannot see that.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> aliases;

  UsageColumn(String... aliases) {
    this.aliases = List.of(aliases);
  }

  /** The name in files, as in {@code input_tokens}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The label, then the other names under which it is found. */
  public List<String> names() {
    return Stream.concat(Stream.of(label()), aliases.stream()).toList();
  }

  /** Whether it holds a number from which a figure comes about. */
  public boolean isAmount() {
    return switch (this) {
      case MODALITY, MODEL, SITE, WHEN, TEAM, APP, USER, ACCELERATOR, REQUEST_ID -> false;
      default -> true;
    };
  }

  /** A header as names are compared: case, blanks and hyphens do not matter. */
  static String normal(String header) {
    return header.strip().toLowerCase(Locale.ROOT).replaceAll("[ -]+", "_");
  }

  /** The column that a header means. */
  public static Optional<UsageColumn> named(String header) {
    UsageColumn column = BY_NAME.get(header);
    return Optional.ofNullable(column != null ? column : BY_NAME.get(normal(header)));
  }

  private static Map<String, UsageColumn> byName() {
    Map<String, UsageColumn> byName = new HashMap<>();
    for (UsageColumn column : values()) {
      column.names().forEach(name -> byName.putIfAbsent(name, column));
    }
    return Map.copyOf(byName);
  }

  /** The column of a record component of an activity, such as {@code inputTokens}. */
  static Optional<UsageColumn> ofField(String camelCase) {
    return named(camelCase.replaceAll("([A-Z])", "_$1"));
  }

  /** All names in files, for messages. */
  static String labels() {
    return Stream.of(values()).map(UsageColumn::label).collect(Collectors.joining(", "));
  }
}
