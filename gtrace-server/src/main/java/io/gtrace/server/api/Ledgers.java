package io.gtrace.server.api;

import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.Seal;
import io.gtrace.report.LedgerStatusJson;
import io.gtrace.server.access.Caller;
import io.gtrace.server.access.Scope;
import io.gtrace.server.http.EntityTag;
import io.gtrace.server.http.Json;
import io.gtrace.server.http.Methods;
import io.gtrace.server.http.Page;
import io.gtrace.server.http.Parameters;
import io.gtrace.server.organisation.Organisation;
import io.gtrace.server.organisation.Organisations;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** What a ledger is made of: its batches and seals, what it did not take, what it does not know. */
final class Ledgers implements HttpService {
  private final Organisations organisations;

  Ledgers(Organisations organisations) {
    this.organisations = organisations;
  }

  @Override
  public void routing(HttpRules rules) {
    Methods.at(rules, "/v1/ledger")
        .get(WholeOrganisation.operation(Scope.READ, this::status))
        .only();
    Methods.at(rules, "/v1/ledger/batches")
        .get(WholeOrganisation.operation(Scope.READ, this::batches))
        .only();
    Methods.at(rules, "/v1/ledger/quarantine")
        .get(WholeOrganisation.operation(Scope.READ, this::quarantine))
        .only();
  }

  private void status(Caller caller, ServerRequest request, ServerResponse response) {
    Parameters.of(request);
    Organisation organisation = organisations.of(caller);
    byte[] body =
        organisation
            .view()
            .with((snapshot, query) ->
                Json.object(json -> {
                  LedgerStatusJson.write(json, snapshot, query);
                  json.writeNumberProperty("waitingBytes", organisation.waitingBytes());
                  if (organisation.trouble().isPresent()) {
                    json.writeStringProperty("trouble", organisation.trouble().get());
                  } else {
                    json.writeNullProperty("trouble");
                  }
                }));
    Json.sendText(response, body);
  }

  private void batches(Caller caller, ServerRequest request, ServerResponse response) {
    Parameters asked = Parameters.of(request, "limit", "cursor");
    Ledger.Snapshot snapshot = organisations.of(caller).view().snapshot();
    String head = snapshot.head().seal();
    if (EntityTag.isKnown(request, response, head)) {
      return;
    }
    List<Seal> newestFirst = snapshot.seals().reversed();
    Page<Seal> page = Page.of(newestFirst, asked, head);
    page.link(request, response);
    Json.send(
        response,
        json -> {
          json.writeStringProperty("head", head);
          page.write(json, "batches", Ledgers::batch);
        });
  }

  private static void batch(JsonGenerator json, Seal seal) {
    json.writeStartObject();
    json.writeNumberProperty("number", seal.number());
    json.writeStringProperty("kind", seal.kind().label());
    json.writeStringProperty("sealedAt", seal.sealedAt().toString());
    json.writeStringProperty("previous", seal.previous());
    json.writeStringProperty("factorSet", seal.factorSet());
    json.writeStringProperty("method", seal.method());
    json.writeStringProperty("version", seal.version());
    json.writeStringProperty("reason", seal.reason());
    json.writeNumberProperty("events", seal.events());
    json.writeNumberProperty("duplicates", seal.duplicates());
    json.writeNumberProperty("refused", seal.refused());
    json.writeNumberProperty("files", seal.files().size());
    json.writeEndObject();
  }

  private void quarantine(Caller caller, ServerRequest request, ServerResponse response) {
    Parameters asked = Parameters.of(request, "limit", "cursor");
    RefusedRows rows = RefusedRows.of(organisations.of(caller).refused());
    Page<String> page = Page.of(rows.all(), asked, rows.state());
    page.link(request, response);
    Json.send(
        response,
        json -> {
          json.writeNumberProperty("files", rows.files());
          page.write(json, "rows", JsonGenerator::writeRawValue);
        });
  }
}
