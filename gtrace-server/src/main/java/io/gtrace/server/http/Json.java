package io.gtrace.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Answers in JSON. */
public final class Json {
  private static final JsonFactory JSON = new JsonFactory();

  private Json() {}

  /** Answers with an object. */
  public static void send(ServerResponse response, Consumer<JsonGenerator> fields) {
    send(response, "application/json", fields);
  }

  static void send(ServerResponse response, String mediaType, Consumer<JsonGenerator> fields) {
    response.header(HeaderNames.CONTENT_TYPE, mediaType).send(object(fields));
  }

  /** An object in UTF-8. */
  public static byte[] object(Consumer<JsonGenerator> fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json =
        JSON.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
      json.writeStartObject();
      fields.accept(json);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }
}
