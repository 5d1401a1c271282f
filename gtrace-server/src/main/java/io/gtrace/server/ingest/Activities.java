package io.gtrace.server.ingest;

import io.gtrace.ledger.InputFormat;
import io.gtrace.ledger.UsageDefaults;
import io.gtrace.ledger.UsageDelivery;
import io.gtrace.server.access.Caller;
import io.gtrace.server.access.Gatekeeper;
import io.gtrace.server.access.Scope;
import io.gtrace.server.http.Body;
import io.gtrace.server.http.Json;
import io.gtrace.server.http.Methods;
import io.gtrace.server.http.Parameters;
import io.gtrace.server.organisation.Organisation;
import io.gtrace.server.organisation.Organisations;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/**
 * Takes activities as JSON or NDJSON, in plain columns or in any format that a file may have, and
 * what gateways and observability tools send.
 */
public final class Activities implements HttpService {
  private static final int MOST_BYTES = 16 << 20;
  private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");

  private final Organisations organisations;

  public Activities(Organisations organisations) {
    this.organisations = organisations;
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
    Organisation organisation = organisations.of(caller);
    UsageDelivery delivery =
        organisation.delivery(
            request.headers().first(IDEMPOTENCY_KEY), UsageDefaults.NONE, caller.team());
    delivery.read("body", Body.of(request, MOST_BYTES), format);
    UsageDelivery.Accepted accepted = delivery.finish();
    organisation.keep(caller, accepted);
    answer(accepted, response);
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
