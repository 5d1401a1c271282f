package io.gtrace.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gtrace.call.CallTotals;
import io.gtrace.fake.FakeOpenAi;
import io.gtrace.footprint.Impact;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

class SpringAiTest {
  /** An application without a line about footprints. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {}

  private static void inApplication(Consumer<ConfigurableApplicationContext> test)
      throws IOException {
    try (FakeOpenAi server = new FakeOpenAi();
        ConfigurableApplicationContext application =
            new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .run(
                    "--spring.ai.openai.base-url=" + server.address(),
                    "--spring.ai.openai.api-key=none",
                    "--spring.ai.openai.chat.options.model=gpt-4o",
                    "--spring.ai.openai.chat.options.stream-usage=true",
                    "--spring.ai.openai.embedding.options.model=text-embedding-3-small",
                    "--spring.application.name=shop",
                    "--spring.main.banner-mode=off",
                    "--gtrace.team=search",
                    "--gtrace.site=FR")) {
      test.accept(application);
    }
  }

  @Test
  void aChatIsCountedMeteredAndShownByTheActuator() throws IOException {
    inApplication(application -> {
      assertThat(application.getBean(ChatModel.class).call("Hi")).isEqualTo("Hello");
      CallTotals.Total total = application.getBean(CallTotals.class).total();
      assertThat(total.calls()).isEqualTo(1);
      double carbonKg = total.footprint().median(Impact.CARBON_KG);
      assertThat(carbonKg).isPositive();
      assertThat(
              application
                  .getBean(MeterRegistry.class)
                  .get("gtrace.carbon")
                  .tag("model", "gpt-4o")
                  .tag("team", "search")
                  .counter()
                  .count())
          .isEqualTo(carbonKg);
      FootprintEndpoint.Footprints shown =
          application.getBean(FootprintEndpoint.class).footprints();
      assertThat(shown.total().carbonKg().median()).isEqualTo(carbonKg);
      assertThat(shown.total().carbonKg().high()).isGreaterThan(carbonKg);
      assertThat(shown.byTeam()).containsOnlyKeys("search");
    });
  }

  @Test
  void aStreamedChatIsCountedOnce() throws IOException {
    inApplication(application -> {
      List<ChatResponse> parts =
          application.getBean(ChatModel.class).stream(new Prompt("Hi")).collectList().block();
      assertThat(parts).isNotEmpty();
      CallTotals totals = application.getBean(CallTotals.class);
      await().untilAsserted(() -> assertThat(totals.total().calls()).isEqualTo(1));
    });
  }

  @Test
  void embeddingsAreCounted() throws IOException {
    inApplication(application -> {
      application.getBean(EmbeddingModel.class).embed("some words");
      assertThat(application.getBean(CallTotals.class).byModel())
          .containsOnlyKeys("text-embedding-3-small");
    });
  }
}
