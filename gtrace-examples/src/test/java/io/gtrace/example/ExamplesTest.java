package io.gtrace.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.fake.FakeOpenAi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class ExamplesTest {
  private static String printedBy(BiConsumer<String, PrintStream> example) throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (FakeOpenAi server = new FakeOpenAi();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      example.accept(server.address(), out);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void langChain4jCountsChatsAndEmbeddingsAndTellsOfTheBudget() throws IOException {
    assertThat(printedBy(LangChain4jExample::run))
        .contains("the model says: Hello")
        .containsPattern("gpt-4o \\(calls: 3\\): [0-9.]+ mWh, [0-9.]+ mg CO2e")
        .containsPattern("text-embedding-3-small \\(calls: 1\\): [0-9.]+ mWh")
        .contains("together (calls: 4): ")
        .contains("budget of the day: 50 % spent");
  }

  @Test
  void springAiCountsWithoutALineOfCode() throws IOException {
    assertThat(printedBy(SpringAiExample::run))
        .containsPattern("together \\(calls: 3\\): [0-9.]+ mWh, [0-9.]+ mg CO2e")
        .containsPattern("meter gtrace.carbon: [0-9.E-]+ kg")
        .contains("by team: [search]");
  }

  @Test
  void openTelemetryExportsTheFootprintOfASpan() throws IOException {
    assertThat(printedBy(OpenTelemetryExample::run))
        .contains("span chat gpt-4o")
        .containsPattern("gtrace.carbon.kg = [0-9.E-]+")
        .containsPattern("gtrace.energy.high.kwh = [0-9.E-]+");
  }
}
