package io.gtrace.example;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import io.gtrace.GTrace;
import io.gtrace.activity.Attribution;
import io.gtrace.activity.Context;
import io.gtrace.call.CallAccounting;
import io.gtrace.call.CallTotals;
import io.gtrace.call.CarbonBudget;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.fake.FakeOpenAi;
import io.gtrace.langchain4j.FootprintListener;
import io.gtrace.ratecard.RateCard;
import io.gtrace.site.Site;
import java.io.IOException;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;

/** Chats and embeddings through LangChain4j, with totals and a budget of carbon. */
public final class LangChain4jExample {
  private static final double BUDGET_KG_PER_DAY = 1e-4;
  private static final int CHATS = 3;

  private LangChain4jExample() {}

  public static void main(String[] args) throws IOException {
    try (FakeOpenAi server = new FakeOpenAi()) {
      run(server.address(), System.out);
    }
  }

  static void run(String address, PrintStream out) {
    RateCard card = GTrace.of(FactorCatalogue.shipped(), Fallback.ALLOW).card();
    CallTotals totals = new CallTotals(card);
    CarbonBudget budget =
        new CarbonBudget(
            BUDGET_KG_PER_DAY,
            CarbonBudget.Every.DAY,
            List.of(0.5, 1.0),
            InstantSource.system(),
            Runnable::run,
            reached -> out.printf("budget of the day: %.0f %% spent%n", reached.share() * 100));
    Context search = Context.UNKNOWN.by(Attribution.ofTeam("search")).at(Site.parse("eu-west-3"));
    FootprintListener listener =
        new FootprintListener(new CallAccounting(card, List.of(totals, budget)), () -> search);

    ChatModel chat =
        OpenAiChatModel.builder()
            .baseUrl(address)
            .apiKey("none")
            .modelName("gpt-4o")
            .listeners(List.of(listener))
            .build();
    for (int i = 0; i < CHATS; i++) {
      out.println("the model says: " + chat.chat("Greet the reader"));
    }
    OpenAiEmbeddingModel.builder()
        .baseUrl(address)
        .apiKey("none")
        .modelName("text-embedding-3-small")
        .listeners(List.of(listener))
        .build()
        .embed("some words");

    totals.byModel().forEach((model, total) -> out.println(FootprintLine.of(model, total)));
    out.println(FootprintLine.of("together", totals.total()));
  }
}
