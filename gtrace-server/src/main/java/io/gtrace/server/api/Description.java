package io.gtrace.server.api;

import io.gtrace.server.http.EntityTag;
import io.gtrace.server.http.Json;
import io.gtrace.server.http.MadeOnce;
import io.gtrace.server.http.Methods;
import io.gtrace.server.http.Parameters;
import io.gtrace.simulation.document.Document;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** What the API is, in the form of OpenAPI 3.1, for anybody. */
final class Description implements HttpService {
  private static final String FILE = "openapi.yaml";

  private final Supplier<String> json = new MadeOnce<>(Description::json);

  private static String json() {
    try (InputStream in = Description.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing from the build");
      }
      String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Document.read(FILE, yaml).root().toString();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public void routing(HttpRules rules) {
    Methods.at(rules, "/openapi.json").get(this::answer).only();
  }

  private void answer(ServerRequest request, ServerResponse response) {
    Parameters.of(request);
    String told = json.get();
    if (!EntityTag.isKnown(request, response, Integer.toHexString(told.hashCode()))) {
      Json.sendText(response, told);
    }
  }
}
