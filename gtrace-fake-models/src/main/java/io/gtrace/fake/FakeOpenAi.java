package io.gtrace.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * A server on this machine that answers as OpenAI does, so that tests and examples need no key and
 * no network. Every chat reads 500 tokens, 200 of them from a cache, and writes 300; an embedding
 * reads 40.
 */
public final class FakeOpenAi implements AutoCloseable {
  private static final String USAGE =
      """
      "usage": {"prompt_tokens": 500, "completion_tokens": 300, "total_tokens": 800,
        "prompt_tokens_details": {"cached_tokens": 200}}\
      """;

  private final HttpServer server;

  /**
   * Starts it on a free port.
   *
   * @throws IOException if there is none
   */
  public FakeOpenAi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/chat/completions", FakeOpenAi::chat);
    server.createContext("/v1/embeddings", FakeOpenAi::embeddings);
    server.createContext("/v1/images/generations", FakeOpenAi::images);
    server.start();
  }

  /** Where it answers, up to the version of the API. */
  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  private static void chat(HttpExchange exchange) throws IOException {
    String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (request.replace(" ", "").contains("\"stream\":true")) {
      answer(
          exchange,
          "text/event-stream",
          event("\"choices\": [{\"index\": 0, \"delta\": {\"content\": \"Hello\"}}]")
              + event("\"choices\": [{\"index\": 0, \"delta\": {}, \"finish_reason\": \"stop\"}]")
              + event("\"choices\": [], " + USAGE.replace("\n", " "))
              + "data: [DONE]\n\n");
      return;
    }
    answer(
        exchange,
        "application/json",
        """
        {"id": "1", "object": "chat.completion", "created": 1, "model": "gpt-4o",
         "choices": [{"index": 0, "finish_reason": "stop",
           "message": {"role": "assistant", "content": "Hello"}}],
         %s}
        """
            .formatted(USAGE));
  }

  private static String event(String fields) {
    return "data: {\"id\": \"1\", \"object\": \"chat.completion.chunk\", \"created\": 1, \"model\":"
        + " \"gpt-4o\", "
        + fields
        + "}\n\n";
  }

  private static void embeddings(HttpExchange exchange) throws IOException {
    answer(
        exchange,
        "application/json",
        """
        {"object": "list", "model": "text-embedding-3-small",
         "data": [{"object": "embedding", "index": 0, "embedding": [0.1, 0.2]}],
         "usage": {"prompt_tokens": 40, "total_tokens": 40}}
        """);
  }

  private static void images(HttpExchange exchange) throws IOException {
    answer(
        exchange,
        "application/json",
        """
        {"created": 1, "data": [{"url": "http://127.0.0.1/1.png"}]}
        """);
  }

  private static void answer(HttpExchange exchange, String type, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", type);
    exchange.sendResponseHeaders(200, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
