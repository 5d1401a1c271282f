package io.gtrace.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiImageModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.gtrace.GTrace;
import io.gtrace.activity.Activity;
import io.gtrace.activity.Attribution;
import io.gtrace.activity.Context;
import io.gtrace.activity.Embedding;
import io.gtrace.activity.ImageGeneration;
import io.gtrace.activity.TextGeneration;
import io.gtrace.call.CallAccounting;
import io.gtrace.call.CallTotals;
import io.gtrace.call.PricedCall;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.fake.FakeOpenAi;
import io.gtrace.footprint.Impact;
import io.gtrace.ratecard.RateCard;
import io.gtrace.site.Site;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FootprintListenerTest {
  private static final RateCard CARD = GTrace.of(FactorCatalogue.shipped(), Fallback.ALLOW).card();
  private static final Context SEARCH =
      new Context(Optional.empty(), Attribution.ofTeam("search"), Site.parse("FR"));
  private static final Instant NOW = Instant.parse("2024-07-10T13:00:00Z");
  private static final Context SEARCH_NOW = SEARCH.on(NOW);
  private static final Activity CHAT =
      new TextGeneration("gpt-4o", 1, 300, 200, 300, 0, SEARCH_NOW);

  private final CallTotals totals = new CallTotals(CARD);
  private final CallAccounting accounting = new CallAccounting(CARD, List.of(totals));
  private final FootprintListener listener =
      new FootprintListener(accounting, () -> SEARCH, InstantSource.fixed(NOW));
  private final FakeOpenAi server;

  FootprintListenerTest() throws IOException {
    server = new FakeOpenAi();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static double carbonKg(Activity activity) {
    return CARD.price(activity).median(Impact.CARBON_KG);
  }

  private ChatModel chatModel(List<ChatModelListener> listeners) {
    return OpenAiChatModel.builder()
        .baseUrl(server.address())
        .apiKey("none")
        .modelName("gpt-4o")
        .listeners(listeners)
        .build();
  }

  @Test
  void aChatCostsWhatItIsEstimatedAt() {
    List<PricedCall> seen = new ArrayList<>();
    ChatModelListener after =
        new ChatModelListener() {
          @Override
          public void onResponse(ChatModelResponseContext response) {
            FootprintListener.callIn(response.attributes()).ifPresent(seen::add);
          }
        };
    chatModel(List.of(listener, after)).chat("Hi");
    assertThat(seen).hasSize(1);
    assertThat(seen.get(0).footprint().median(Impact.CARBON_KG)).isEqualTo(carbonKg(CHAT));
    assertThat(totals.byTeam()).containsOnlyKeys("search");
  }

  @Test
  void aStreamedChatCostsTheSame() {
    CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
    OpenAiStreamingChatModel.builder()
        .baseUrl(server.address())
        .apiKey("none")
        .modelName("gpt-4o")
        .listeners(List.of(listener))
        .build()
        .chat(
            "Hi",
            new StreamingChatResponseHandler() {
              @Override
              public void onPartialResponse(String part) {
                // The whole answer is waited for.
              }

              @Override
              public void onCompleteResponse(ChatResponse response) {
                whole.complete(response);
              }

              @Override
              public void onError(Throwable error) {
                whole.completeExceptionally(error);
              }
            });
    assertThat(whole.join().aiMessage().text()).isEqualTo("Hello");
    assertThat(totals.total().footprint().median(Impact.CARBON_KG))
        .isCloseTo(carbonKg(CHAT), within(1e-12));
  }

  @Test
  void embeddingsCountToo() {
    OpenAiEmbeddingModel model =
        OpenAiEmbeddingModel.builder()
            .baseUrl(server.address())
            .apiKey("none")
            .modelName("text-embedding-3-small")
            .listeners(List.of(listener))
            .build();
    model.embed("some words");
    Activity expected = new Embedding("text-embedding-3-small", 1, 40, SEARCH_NOW);
    assertThat(totals.total().footprint().median(Impact.CARBON_KG))
        .isCloseTo(carbonKg(expected), within(1e-15));
  }

  @Test
  void imagesCountToo() {
    OpenAiImageModel model =
        OpenAiImageModel.builder()
            .baseUrl(server.address())
            .apiKey("none")
            .modelName("dall-e-3")
            .build();
    ImageGeneration one = ImageGeneration.of("dall-e-3", 1).sized(1024, 1024);
    new FootprintImageModel(model, one, accounting, () -> SEARCH, InstantSource.fixed(NOW))
        .generate("A lighthouse");
    assertThat(totals.total().calls()).isEqualTo(1);
    assertThat(totals.total().footprint().median(Impact.CARBON_KG))
        .isCloseTo(carbonKg(one.in(SEARCH_NOW)), within(1e-12));
  }

  @Test
  void anUnknownModelBreaksNothing() {
    ChatModel model =
        OpenAiChatModel.builder()
            .baseUrl(server.address())
            .apiKey("none")
            .modelName("acme-secret-9")
            .listeners(List.of(listener))
            .build();
    assertThat(model.chat("Hi")).isEqualTo("Hello");
    assertThat(totals.total().calls()).isEqualTo(1);
  }
}
