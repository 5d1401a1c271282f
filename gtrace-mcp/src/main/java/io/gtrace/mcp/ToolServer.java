package io.gtrace.mcp;

import io.gtrace.ledger.UsageException;
import io.gtrace.ledger.store.LedgerException;
import io.gtrace.ratecard.RateCard;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.io.BufferedInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tools as a server of the Model Context Protocol. No tool changes anything or asks the
 * internet.
 */
public final class ToolServer {
  private static final String INSTRUCTIONS =
      "Figures of G-TRACE are estimates with 90 % intervals; tell the interval beside the figure."
          + " Unknown models are priced by their class, with wide intervals and a note.";

  private final List<AgentTool> tools;
  private final String version;
  private final JsonMapper json = new JsonMapper();
  private final McpJsonMapper mapper = new JacksonMcpJsonMapper(json);

  /**
   * @param card what prices; should price unknown names by their class
   * @param ledger the folder of the ledger that {@code footprint} answers from; without one there
   *     is no such tool
   * @param version of this software, as clients show it
   * @param clock tells the present, in which work is priced that names no time
   */
  public ToolServer(RateCard card, Optional<Path> ledger, String version, InstantSource clock) {
    Pricing pricing = new Pricing(card, clock);
    List<AgentTool> all = new ArrayList<>();
    all.add(new EstimateTool(pricing));
    all.add(new CompareTool(pricing));
    all.add(new RouteTool(card, clock));
    ledger.ifPresent(folder -> all.add(new FootprintTool(folder)));
    tools = List.copyOf(all);
    this.version = version;
  }

  /**
   * Serves one client until its input ends, and has answered all it asked by then.
   *
   * @param in messages of the client, JSON-RPC, one a line
   * @param out answers, in the same form and nothing else
   * @param told takes what a person should know of messages that were left out
   */
  public void serve(InputStream in, OutputStream out, Consumer<String> told)
      throws InterruptedException {
    AnswerLines answers = new AnswerLines(out);
    MessageLines messages = new MessageLines(new BufferedInputStream(in), json, answers, told);
    McpSyncServer server =
        McpServer.sync(new StdioServerTransportProvider(mapper, messages, answers))
            .serverInfo("gtrace", version)
            .instructions(INSTRUCTIONS)
            .capabilities(ServerCapabilities.builder().tools(false).build())
            .jsonMapper(mapper)
            .tools(tools.stream().map(this::specification).toList())
            .build();
    messages.awaitEnd();
    server.closeGracefully();
  }

  private SyncToolSpecification specification(AgentTool tool) {
    return SyncToolSpecification.builder()
        .tool(
            Tool.builder(tool.name(), mapper, tool.inputSchema())
                .title(tool.title())
                .description(tool.description())
                .annotations(
                    ToolAnnotations.builder()
                        .readOnlyHint(true)
                        .idempotentHint(true)
                        .openWorldHint(false)
                        .build())
                .build())
        .callHandler((client, request) ->
            answered(tool, Optional.ofNullable(request.arguments()).orElseGet(Map::of)))
        .build();
  }

  private CallToolResult answered(AgentTool tool, Map<String, Object> arguments) {
    try {
      ToolAnswer answer = tool.answer(new Arguments(arguments));
      return CallToolResult.builder()
          .addTextContent(answer.text())
          .structuredContent(mapper, answer.json())
          .build();
    } catch (IllegalArgumentException
        | UsageException
        | LedgerException
        | UncheckedIOException wrong) {
      // An agent mends its question by what the text says; a fault of the protocol it would not
      // see.
      return CallToolResult.builder()
          .addTextContent(String.valueOf(wrong.getMessage()))
          .isError(true)
          .build();
    }
  }
}
