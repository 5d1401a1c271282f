package io.gtrace.server.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Answers in JSON. */
public final class Json {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Header CONTENT_TYPE =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");
  private static final int USUAL_BYTES = 2_048;

  private Json() {}

  /** Answers with an object. */
  public static void send(ServerResponse response, Consumer<JsonGenerator> fields) {
    response.header(CONTENT_TYPE).send(object(fields));
  }

  static void send(ServerResponse response, String mediaType, Consumer<JsonGenerator> fields) {
    response.header(HeaderNames.CONTENT_TYPE, mediaType).send(object(fields));
  }

  /** Answers with a value of any kind, which is written whole. */
  public static void sendValue(ServerResponse response, Consumer<JsonGenerator> value) {
    response.header(CONTENT_TYPE).send(value(value));
  }

  /** Answers with a text that is JSON. */
  public static void sendText(ServerResponse response, String json) {
    sendText(response, json.getBytes(StandardCharsets.UTF_8));
  }

  /** The same in UTF-8. */
  public static void sendText(ServerResponse response, byte[] json) {
    response.header(CONTENT_TYPE).send(json);
  }

  /** An object in UTF-8. */
  public static byte[] object(Consumer<JsonGenerator> fields) {
    return value(json -> {
      json.writeStartObject();
      fields.accept(json);
      json.writeEndObject();
    });
  }

  private static byte[] value(Consumer<JsonGenerator> value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
    try (JsonGenerator json =
        JSON.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
      value.accept(json);
    }
    return bytes.toByteArray();
  }
}
