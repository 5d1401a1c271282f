package io.gtrace.opentelemetry;

import io.gtrace.activity.Activity;
import io.gtrace.activity.Attribution;
import io.gtrace.activity.Context;
import io.gtrace.activity.Embedding;
import io.gtrace.activity.ImageGeneration;
import io.gtrace.activity.TextGeneration;
import io.gtrace.site.Site;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Reads a span by the semantic conventions for generative AI: the current names (1.37 and later),
 * those of before, and those of OpenInference. Source: OpenTelemetry registry of {@code gen_ai}
 * attributes, and the OpenInference specification.
 */
final class GenAiSpan {
  private static final AttributeKey<String> OPERATION =
      AttributeKey.stringKey("gen_ai.operation.name");
  private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");

  /** Of a gateway that works for many teams. */
  private static final List<AttributeKey<String>> TEAM_OF_CALL =
      texts("team", "metadata.user_api_key_team_alias");

  private static final List<AttributeKey<String>> TEAM = texts("team", "service.namespace");
  private static final List<AttributeKey<String>> MODEL =
      texts("gen_ai.response.model", "gen_ai.request.model", "llm.model_name");
  private static final List<AttributeKey<Long>> INPUT =
      counts("gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens", "llm.token_count.prompt");
  private static final List<AttributeKey<Long>> CACHED =
      counts("gen_ai.usage.cache_read.input_tokens", "llm.token_count.prompt_details.cache_read");
  private static final List<AttributeKey<Long>> OUTPUT =
      counts(
          "gen_ai.usage.output_tokens",
          "gen_ai.usage.completion_tokens",
          "llm.token_count.completion");

  /** Spans around calls count the tokens of the calls within them again. */
  private static final Set<String> AROUND_CALLS =
      Set.of("invoke_agent", "create_agent", "execute_tool", "invoke_workflow");

  private static final String EMBEDDINGS = "embeddings";
  private static final String IMAGES = "generate_image";

  private GenAiSpan() {}

  private static List<AttributeKey<String>> texts(String... names) {
    return Stream.of(names).map(AttributeKey::stringKey).toList();
  }

  private static List<AttributeKey<Long>> counts(String... names) {
    return Stream.of(names).map(AttributeKey::longKey).toList();
  }

  /**
   * The call that a span is about; empty if it is none.
   *
   * @param site where models run
   */
  static Optional<Activity> activity(SpanData span, Site site) {
    Attributes attributes = span.getAttributes();
    String operation = Optional.ofNullable(attributes.get(OPERATION)).orElse("");
    Optional<String> model = first(attributes, MODEL);
    if (model.isEmpty() || AROUND_CALLS.contains(operation)) {
      return Optional.empty();
    }
    Attributes resource = span.getResource().getAttributes();
    Context context =
        new Context(
            Optional.of(
                Instant.ofEpochMilli(TimeUnit.NANOSECONDS.toMillis(span.getStartEpochNanos()))),
            new Attribution(
                stated(attributes, TEAM_OF_CALL).or(() -> stated(resource, TEAM)).orElse(""),
                Optional.ofNullable(resource.get(SERVICE)).orElse(""),
                ""),
            site);
    if (operation.equals(IMAGES)) {
      return Optional.of(ImageGeneration.of(model.get(), 1).in(context));
    }
    Optional<Long> input = first(attributes, INPUT);
    Optional<Long> output = first(attributes, OUTPUT);
    if (input.isEmpty() && output.isEmpty()) {
      return Optional.empty();
    }
    if (operation.equals(EMBEDDINGS)) {
      return Optional.of(new Embedding(model.get(), 1, input.orElse(0L), context));
    }
    // Input counts what was found in a cache as well.
    long cached = Math.min(first(attributes, CACHED).orElse(0L), input.orElse(0L));
    return Optional.of(
        new TextGeneration(
            model.get(), 1, input.orElse(0L) - cached, cached, output.orElse(0L), 0, context));
  }

  /** The first text that is not blank: gateways name what they do not know by an empty one. */
  private static Optional<String> stated(Attributes attributes, List<AttributeKey<String>> keys) {
    return keys.stream()
        .flatMap(key -> Stream.ofNullable(attributes.get(key)))
        .filter(text -> !text.isBlank())
        .findFirst();
  }

  private static <T> Optional<T> first(Attributes attributes, List<AttributeKey<T>> keys) {
    return keys.stream().flatMap(key -> Stream.ofNullable(attributes.get(key))).findFirst();
  }
}
