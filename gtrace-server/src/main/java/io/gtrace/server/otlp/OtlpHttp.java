package io.gtrace.server.otlp;

import io.gtrace.server.access.Caller;
import io.gtrace.server.access.Gatekeeper;
import io.gtrace.server.access.Scope;
import io.gtrace.server.http.IntakeRoom;
import io.gtrace.server.http.Json;
import io.gtrace.server.http.Problem;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;

/** The OTLP receiver over HTTP: protobuf and JSON, plain and packed. */
public final class OtlpHttp implements HttpService {
  /** The name of its socket. */
  public static final String SOCKET = "otlp-http";

  /** As large as the Collector takes and sends. */
  public static final int MOST_BYTES = 20 << 20;

  private static final String PROTOBUF = "application/x-protobuf";
  private static final String JSON = "application/json";

  private final Receiver receiver;
  private final IntakeRoom room;

  /**
   * @param room for all bodies that are taken at one moment
   */
  public OtlpHttp(Receiver receiver, IntakeRoom room) {
    this.receiver = receiver;
    this.room = room;
  }

  @Override
  public void routing(HttpRules rules) {
    for (Signal signal : Signal.values()) {
      rules.post(
          signal.path(),
          Gatekeeper.requiring(
              Scope.INGEST,
              (caller, request, response) -> take(signal, caller, request, response)));
    }
  }

  private void take(Signal signal, Caller caller, ServerRequest request, ServerResponse response) {
    String type = mediaType(request);
    switch (type) {
      case PROTOBUF -> {
        Receiver.Taken taken =
            room.with(
                request, MOST_BYTES, (body, more) -> receiver.protobuf(caller, signal, body, more));
        response
            .header(HeaderNames.CONTENT_TYPE, PROTOBUF)
            .send(signal.answer(taken.rejected(), taken.message()).toByteArray());
      }
      case JSON -> {
        Receiver.Taken taken =
            room.with(
                request, MOST_BYTES, (body, more) -> receiver.json(caller, signal, body, more));
        answer(signal, taken, response);
      }
      default ->
          throw Problem.of(
              Status.UNSUPPORTED_MEDIA_TYPE_415,
              "Content-Type '" + type + "' is not known; send " + PROTOBUF + " or " + JSON);
    }
  }

  private static void answer(Signal signal, Receiver.Taken taken, ServerResponse response) {
    Json.send(
        response,
        json -> {
          if (taken.rejected() > 0) {
            json.writeObjectPropertyStart("partialSuccess");
            // As protobuf writes 64 bits in JSON.
            json.writeStringProperty(signal.rejectedField(), Long.toString(taken.rejected()));
            json.writeStringProperty("errorMessage", taken.message());
            json.writeEndObject();
          }
        });
  }

  private static String mediaType(ServerRequest request) {
    return request.headers().contentType().map(type -> type.mediaType().text()).orElse("");
  }

  /** Faults are told as google.rpc.Status, in the encoding of the request. */
  public static void refuse(ServerRequest request, ServerResponse response, Problem problem) {
    problem
        .retryAfter()
        .map(Duration::toSeconds)
        .ifPresent(seconds -> response.header(HeaderNames.RETRY_AFTER, Long.toString(seconds)));
    response.status(problem.status());
    com.google.rpc.Status status = RpcStatus.of(problem);
    if (mediaType(request).equals(PROTOBUF)) {
      response.header(HeaderNames.CONTENT_TYPE, PROTOBUF).send(status.toByteArray());
    } else {
      Json.send(
          response,
          json -> {
            json.writeNumberProperty("code", status.getCode());
            json.writeStringProperty("message", status.getMessage());
          });
    }
  }
}
