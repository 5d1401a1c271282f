package io.gtrace.server.ingest;

import io.gtrace.ledger.InputFormat;
import io.gtrace.ledger.UsageDefaults;
import io.gtrace.ledger.UsageDelivery;
import io.gtrace.server.access.Caller;
import io.gtrace.server.access.Gatekeeper;
import io.gtrace.server.access.Scope;
import io.gtrace.server.http.IntakeRoom;
import io.gtrace.server.http.Json;
import io.gtrace.server.http.Methods;
import io.gtrace.server.http.Parameters;
import io.gtrace.server.organisation.Organisation;
import io.gtrace.server.organisation.Organisations;
import io.gtrace.server.organisation.SentDelivery;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.function.IntConsumer;

/**
 * Takes activities as JSON or NDJSON, in plain columns or in any format that a file may have, and
 * what gateways and observability tools send.
 */
public final class Activities implements HttpService {
  private static final int MOST_BYTES = 16 << 20;
  private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");

  private final Organisations organisations;
  private final IntakeRoom room;

  /**
   * @param room for all bodies that are taken at one moment
   */
  public Activities(Organisations organisations, IntakeRoom room) {
    this.organisations = organisations;
    this.room = room;
  }

  @Override
  public void routing(HttpRules rules) {
    Methods.at(rules, "/v1/activities").post(Gatekeeper.requiring(Scope.INGEST, this::take)).only();
    Methods.at(rules, "/v1/litellm").post(taking("litellm-callback")).only();
    Methods.at(rules, "/v1/langfuse").post(taking("langfuse-observations")).only();
  }

  /** What some other system sends, which is always of one format. */
  private Handler taking(String format) {
    return Gatekeeper.requiring(
        Scope.INGEST,
        (caller, request, response) -> take(caller, request, response, InputFormat.named(format)));
  }

  private void take(Caller caller, ServerRequest request, ServerResponse response) {
    take(
        caller,
        request,
        response,
        Parameters.of(request, "format")
            .text("format")
            .map(InputFormat::named)
            .orElseGet(InputFormat::detected));
  }

  private void take(
      Caller caller, ServerRequest request, ServerResponse response, InputFormat format) {
    UsageDelivery.Accepted accepted =
        room.with(request, MOST_BYTES, (body, more) -> take(caller, request, format, body, more));
    answer(accepted, response);
  }

  private UsageDelivery.Accepted take(
      Caller caller, ServerRequest request, InputFormat format, byte[] body, IntConsumer more) {
    Organisation organisation = organisations.of(caller);
    SentDelivery sent =
        request
            .headers()
            .first(IDEMPOTENCY_KEY)
            .map(key ->
                organisation.sentUnder(
                    key, caller, request.path().path(), request.query().rawValue(), body))
            .orElseGet(organisation::sentOnce);
    UsageDelivery delivery = organisation.delivery(sent, UsageDefaults.NONE, caller.team(), more);
    delivery.read("body", body, format);
    UsageDelivery.Accepted accepted = delivery.finish();
    organisation.keep(caller, sent, accepted);
    return accepted;
  }

  /** 202 if something was right or nothing was wrong; 422 if all was wrong. */
  private static void answer(UsageDelivery.Accepted accepted, ServerResponse response) {
    boolean nothingRight = accepted.accepted() == 0 && accepted.refused() > 0;
    response.status(nothingRight ? Status.UNPROCESSABLE_CONTENT_422 : Status.ACCEPTED_202);
    Json.send(
        response,
        json -> {
          json.writeNumberProperty("accepted", accepted.accepted());
          json.writeNumberProperty("leftOut", accepted.leftOut());
          json.writeNumberProperty("refused", accepted.refused());
          json.writeArrayPropertyStart("refusals");
          accepted
              .refusals()
              .forEach(each -> {
                json.writeStartObject();
                json.writeNumberProperty("record", each.line());
                json.writeStringProperty("field", each.field());
                json.writeStringProperty("reason", each.reason());
                json.writeEndObject();
              });
          json.writeEndArray();
          json.writeArrayPropertyStart("notes");
          accepted.notes().forEach(json::writeString);
          json.writeEndArray();
        });
  }
}
