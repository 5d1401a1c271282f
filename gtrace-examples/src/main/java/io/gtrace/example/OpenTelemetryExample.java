package io.gtrace.example;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.gtrace.call.CallAccounting;
import io.gtrace.fake.FakeOpenAi;
import io.gtrace.opentelemetry.FootprintSpanExporter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Collection;
import java.util.List;

/** A span around each call, as the conventions for GenAI want it, and what is exported of it. */
public final class OpenTelemetryExample {
  private OpenTelemetryExample() {}

  public static void main(String[] args) throws IOException {
    try (FakeOpenAi server = new FakeOpenAi()) {
      run(server.address(), System.out);
    }
  }

  static void run(String address, PrintStream out) {
    ChatModel chat =
        OpenAiChatModel.builder().baseUrl(address).apiKey("none").modelName("gpt-4o").build();
    SpanExporter exporter =
        FootprintSpanExporter.around(new Printing(out), CallAccounting.standard(List.of()))
            .at("eu-west-3");
    try (SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
            .build()) {
      out.println("the model says: " + traced(provider.get("example"), chat));
    }
  }

  private static String traced(Tracer tracer, ChatModel chat) {
    Span span =
        tracer
            .spanBuilder("chat gpt-4o")
            .setAttribute("gen_ai.operation.name", "chat")
            .setAttribute("gen_ai.provider.name", "openai")
            .setAttribute("gen_ai.request.model", "gpt-4o")
            .startSpan();
    try {
      ChatResponse response = chat.chat(UserMessage.from("Greet the reader"));
      span.setAttribute("gen_ai.usage.input_tokens", response.tokenUsage().inputTokenCount());
      span.setAttribute("gen_ai.usage.output_tokens", response.tokenUsage().outputTokenCount());
      return response.aiMessage().text();
    } finally {
      span.end();
    }
  }

  /** In the place of the exporter of an application, such as the one over OTLP. */
  private record Printing(PrintStream out) implements SpanExporter {
    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      for (SpanData span : spans) {
        out.println("span " + span.getName());
        span.getAttributes().forEach((key, value) -> out.println("  " + key + " = " + value));
      }
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
