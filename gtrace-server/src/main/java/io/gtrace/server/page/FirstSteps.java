package io.gtrace.server.page;

import io.gtrace.server.access.Scope;
import java.util.List;

/** What an empty ledger shows: demo data for the asking, and how to send one's own. */
final class FirstSteps implements View {
  private final Visit visit;
  private final OtlpPorts ports;

  /**
   * One way to connect.
   *
   * @param text to be copied
   */
  record Snippet(String id, String name, String remark, String text) {}

  FirstSteps(Visit visit, OtlpPorts ports) {
    this.visit = visit;
    this.ports = ports;
  }

  @Override
  public String template() {
    return "first.jte";
  }

  @Override
  public String title() {
    return "Welcome";
  }

  @Override
  public Room room() {
    return Room.NOW;
  }

  @Override
  public String module() {
    return "now.js";
  }

  private String otlp() {
    return visit.origin().replaceFirst(":[0-9]+$", "") + ":" + ports.http();
  }

  /** Whether whoever looks may load the demo data. */
  boolean mayLoadDemo() {
    return visit.seesAll() && visit.caller().may(Scope.ADMIN);
  }

  String origin() {
    return visit.origin();
  }

  /** What is acknowledged and about to be sealed. */
  boolean isWaiting() {
    return visit.intake().isWaiting();
  }

  List<Snippet> snippets() {
    return List.of(
        new Snippet(
            "curl",
            "curl",
            "One call, by hand. The answer says what was taken; this page follows in seconds.",
            """
            curl %s/v1/activities -d '
            {"model": "gpt-4o", "region": "eu-west-3", "team": "search",
             "input_tokens": 1200, "output_tokens": 350}'
            """
                .formatted(visit.origin())),
        new Snippet(
            "otel",
            "OpenTelemetry",
            "Any SDK or agent that writes GenAI spans or metrics. gRPC is on port "
                + ports.grpc()
                + ". Where the process serves the model itself, add the region of its machine:"
                + " cloud.provider=aws,cloud.region=eu-west-3.",
            """
            export OTEL_EXPORTER_OTLP_ENDPOINT=%s
            export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
            export OTEL_RESOURCE_ATTRIBUTES=service.name=chat,team=search
            """
                .formatted(otlp())),
        new Snippet(
            "litellm",
            "LiteLLM",
            "In the proxy's config.yaml, and its environment.",
            """
            litellm_settings:
              callbacks: ["otel"]

            # environment of the proxy
            OTEL_EXPORTER=otlp_http
            OTEL_ENDPOINT=%s/v1/traces
            """
                .formatted(otlp())),
        new Snippet(
            "langchain4j",
            "LangChain4j",
            "A listener that sends the tokens of each answer.",
            """
            ChatModelListener ledger = new ChatModelListener() {
              final HttpClient http = HttpClient.newHttpClient();

              @Override
              public void onResponse(ChatModelResponseContext context) {
                ChatResponse answer = context.chatResponse();
                String activity = "{\\"model\\": \\"%%s\\", \\"input_tokens\\": %%d, \\"output_tokens\\": %%d}"
                    .formatted(answer.modelName(), answer.tokenUsage().inputTokenCount(),
                        answer.tokenUsage().outputTokenCount());
                http.sendAsync(
                    HttpRequest.newBuilder(URI.create("%s/v1/activities"))
                        .POST(HttpRequest.BodyPublishers.ofString(activity)).build(),
                    HttpResponse.BodyHandlers.discarding());
              }
            };
            ChatModel model = OpenAiChatModel.builder()
                .apiKey(key).modelName("gpt-4o-mini").listeners(List.of(ledger)).build();
            """
                .formatted(visit.origin())),
        new Snippet(
            "spring-ai",
            "Spring AI",
            "application.properties of Spring Boot 4 with spring-boot-starter-opentelemetry; Spring"
                + " Boot 3 calls the endpoint management.otlp.tracing.endpoint.",
            """
            management.tracing.sampling.probability=1.0
            management.opentelemetry.tracing.export.otlp.endpoint=%s/v1/traces
            """
                .formatted(otlp())));
  }
}
