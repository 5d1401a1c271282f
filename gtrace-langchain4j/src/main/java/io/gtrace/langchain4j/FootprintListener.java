package io.gtrace.langchain4j;

import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.embedding.listener.EmbeddingModelListener;
import dev.langchain4j.model.embedding.listener.EmbeddingModelResponseContext;
import dev.langchain4j.model.output.TokenUsage;
import io.gtrace.activity.Activity;
import io.gtrace.activity.Context;
import io.gtrace.activity.Embedding;
import io.gtrace.activity.TextGeneration;
import io.gtrace.call.CallAccounting;
import io.gtrace.call.PricedCall;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Accounts each call of a chat model, streaming or not, and of an embedding model. What a call cost
 * stands in the attributes of its context under {@link #CALL} for listeners that come after, and
 * {@link CallAccounting} hands it to totals, budgets and meters. Calls that fail cost something
 * too, but nobody says how many tokens they took; they are not counted. Safe for use by many
 * threads.
 */
public final class FootprintListener implements ChatModelListener, EmbeddingModelListener {
  /** The attribute with the {@link PricedCall}. */
  public static final String CALL = "gtrace.call";

  private final CallAccounting accounting;
  private final CallContext context;

  /**
   * For nobody in particular, where the provider of the model usually runs it.
   *
   * @param accounting prices the calls and hands them on
   */
  public FootprintListener(CallAccounting accounting) {
    this(accounting, () -> Context.UNKNOWN);
  }

  /**
   * @param accounting prices the calls and hands them on
   * @param context for whom a call is and where its model runs; asked on the thread of the answer.
   *     A call without a moment is one of now
   */
  public FootprintListener(CallAccounting accounting, Supplier<Context> context) {
    this(accounting, context, InstantSource.system());
  }

  FootprintListener(CallAccounting accounting, Supplier<Context> context, InstantSource clock) {
    this.accounting = accounting;
    this.context = new CallContext(context, clock);
  }

  /** What a call cost, of which a listener is told after this one; empty if it was not priced. */
  public static Optional<PricedCall> callIn(Map<Object, Object> attributes) {
    return attributes.get(CALL) instanceof PricedCall call ? Optional.of(call) : Optional.empty();
  }

  @Override
  public void onResponse(ChatModelResponseContext response) {
    @Nullable TokenUsage usage = response.chatResponse().tokenUsage();
    Optional<String> model =
        named(response.chatResponse().modelName())
            .or(() -> named(response.chatRequest().modelName()));
    if (usage == null || model.isEmpty()) {
      return;
    }
    account(
        response.attributes(),
        () -> {
          long input = count(usage.inputTokenCount());
          long cached = Math.min(CachedTokens.of(usage), input);
          return new TextGeneration(
              model.get(),
              1,
              input - cached,
              cached,
              count(usage.outputTokenCount()),
              0,
              context.now());
        });
  }

  @Override
  public void onResponse(EmbeddingModelResponseContext response) {
    @Nullable TokenUsage usage = response.response().tokenUsage();
    Optional<String> model = named(response.embeddingModel().modelName());
    if (usage == null || model.isEmpty()) {
      return;
    }
    account(
        response.attributes(),
        () -> new Embedding(model.get(), 1, count(usage.inputTokenCount()), context.now()));
  }

  /** An amount that no call can have is a fault of the provider, not of the application. */
  private void account(Map<Object, Object> attributes, Supplier<Activity> activity) {
    Activity call;
    try {
      call = activity.get();
    } catch (IllegalArgumentException noCall) {
      return;
    }
    accounting.account(call).ifPresent(priced -> attributes.put(CALL, priced));
  }

  private static Optional<String> named(@Nullable String model) {
    return Optional.ofNullable(model).filter(name -> !name.isBlank());
  }

  private static long count(@Nullable Integer tokens) {
    return tokens == null ? 0 : tokens;
  }
}
