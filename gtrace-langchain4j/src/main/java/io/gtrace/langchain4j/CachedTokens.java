package io.gtrace.langchain4j;

import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.model.output.TokenUsage;
import org.jspecify.annotations.Nullable;

/**
 * Input tokens that were found in a cache, where a provider tells them beyond the common counts.
 */
final class CachedTokens {
  private static final boolean KNOWS_OPEN_AI =
      isThere("dev.langchain4j.model.openai.OpenAiTokenUsage");

  private CachedTokens() {}

  private static boolean isThere(String type) {
    try {
      Class.forName(type, false, CachedTokens.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException absent) {
      return false;
    }
  }

  /** Those that a provider tells; 0 where it tells none. */
  static long of(TokenUsage usage) {
    return KNOWS_OPEN_AI ? OfOpenAi.of(usage) : 0;
  }

  /** Loaded only where the module of OpenAI is. */
  private static final class OfOpenAi {
    static long of(TokenUsage usage) {
      if (usage instanceof OpenAiTokenUsage openAi && openAi.inputTokensDetails() != null) {
        @Nullable Integer cached = openAi.inputTokensDetails().cachedTokens();
        return cached == null ? 0 : cached;
      }
      return 0;
    }
  }
}
