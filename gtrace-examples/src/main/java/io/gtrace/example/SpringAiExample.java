package io.gtrace.example;

import io.gtrace.call.CallTotals;
import io.gtrace.fake.FakeOpenAi;
import io.gtrace.springai.FootprintEndpoint;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * A Spring Boot application without a line about footprints: its calls are accounted because {@code
 * gtrace-spring-ai} is there.
 */
public final class SpringAiExample {
  private static final int CHATS = 3;

  private SpringAiExample() {}

  /** The application. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Shop {}

  public static void main(String[] args) throws IOException {
    try (FakeOpenAi server = new FakeOpenAi()) {
      run(server.address(), System.out);
    }
  }

  static void run(String address, PrintStream out) {
    try (ConfigurableApplicationContext shop =
        new SpringApplicationBuilder(Shop.class)
            .web(WebApplicationType.NONE)
            .run(
                "--spring.ai.openai.base-url=" + address,
                "--spring.ai.openai.api-key=none",
                "--spring.ai.openai.chat.options.model=gpt-4o",
                "--spring.application.name=shop",
                "--spring.main.banner-mode=off",
                "--logging.level.root=warn",
                "--gtrace.site=eu-west-3",
                "--gtrace.team=search")) {
      ChatModel chat = shop.getBean(ChatModel.class);
      for (int i = 0; i < CHATS; i++) {
        out.println("the model says: " + chat.call("Greet the reader"));
      }
      out.println(FootprintLine.of("together", shop.getBean(CallTotals.class).total()));
      out.println(
          "meter gtrace.carbon: "
              + shop.getBean(MeterRegistry.class).get("gtrace.carbon").counter().count()
              + " kg");
      out.println(
          "/actuator/gtrace by team: "
              + List.copyOf(shop.getBean(FootprintEndpoint.class).footprints().byTeam().keySet()));
    }
  }
}
