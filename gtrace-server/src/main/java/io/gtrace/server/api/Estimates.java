package io.gtrace.server.api;

import io.gtrace.activity.Activity;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.ledger.ActivityRecords;
import io.gtrace.ledger.ActivityRecords.Judged;
import io.gtrace.ledger.ActivityRecords.Priced;
import io.gtrace.ledger.ActivityRecords.Refused;
import io.gtrace.ledger.Refusal;
import io.gtrace.ledger.UsageColumn;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.PricedVolumes;
import io.gtrace.ratecard.RateCard;
import io.gtrace.report.FootprintJson;
import io.gtrace.report.Subject;
import io.gtrace.server.access.Caller;
import io.gtrace.server.access.Gatekeeper;
import io.gtrace.server.access.Scope;
import io.gtrace.server.http.Body;
import io.gtrace.server.http.EntityTag;
import io.gtrace.server.http.Json;
import io.gtrace.server.http.Methods;
import io.gtrace.server.http.Parameters;
import io.gtrace.server.http.Problem;
import io.gtrace.server.organisation.Organisations;
import io.gtrace.trace.Trace;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;

/**
 * What activities would cost, in plain columns: one or many as JSON, one as a query that can be
 * shared as a link. Nothing of it goes into a ledger.
 */
final class Estimates implements HttpService {
  private static final int MOST_BYTES = 16 << 20;
  private static final int MOST_RECORDS = 10_000;
  private static final String TRACE = "trace";
  private static final Set<String> COLUMNS =
      Stream.of(UsageColumn.values())
          .flatMap(column -> column.names().stream())
          .collect(Collectors.toUnmodifiableSet());

  private final Organisations organisations;
  private final InstantSource clock;

  /**
   * @param clock no activity can be later
   */
  Estimates(Organisations organisations, InstantSource clock) {
    this.organisations = organisations;
    this.clock = clock;
  }

  @Override
  public void routing(HttpRules rules) {
    Methods.at(rules, "/v1/estimates")
        .get(Gatekeeper.requiring(Scope.READ, this::ofQuery))
        .post(Gatekeeper.requiring(Scope.READ, this::ofBody))
        .only();
    Methods.at(rules, "/v1/explain").get(Gatekeeper.requiring(Scope.READ, this::explained)).only();
  }

  private RateCard card(Caller caller) {
    return organisations.of(caller).card();
  }

  private void ofQuery(Caller caller, ServerRequest request, ServerResponse response) {
    RateCard card = card(caller);
    Parameters asked = Parameters.of(request, with(COLUMNS, TRACE));
    Priced priced = right(ofColumns(card, asked));
    if (!EntityTag.isKnown(request, response, card.catalogue().factorSet())) {
      one(response, priced, asked.flag(TRACE), List.of());
    }
  }

  private void explained(Caller caller, ServerRequest request, ServerResponse response) {
    RateCard card = card(caller);
    Priced priced = right(ofColumns(card, Parameters.of(request, COLUMNS)));
    if (EntityTag.isKnown(request, response, card.catalogue().factorSet())) {
      return;
    }
    Json.sendValue(
        response,
        json ->
            FootprintJson.write(
                json,
                about -> {
                  subject(priced).writeTo(about);
                  FootprintJson.varianceShares(
                      about, card.sensitivity(priced.activity(), Impact.CARBON_KG));
                },
                footprint(priced),
                List.of(trace(priced))));
  }

  private static Set<String> with(Set<String> names, String another) {
    Set<String> all = new HashSet<>(names);
    all.add(another);
    return all;
  }

  private Judged ofColumns(RateCard card, Parameters asked) {
    Map<UsageColumn, String> values = new EnumMap<>(UsageColumn.class);
    for (UsageColumn column : UsageColumn.values()) {
      for (String name : column.names()) {
        asked
            .text(name)
            .ifPresent(value -> {
              if (values.put(column, value) != null) {
                throw Problem.of(
                    Status.BAD_REQUEST_400, name + " is another name of " + column.label());
              }
            });
      }
    }
    return records(card).read("query", values);
  }

  private ActivityRecords records(RateCard card) {
    return new ActivityRecords(card, clock);
  }

  private void ofBody(Caller caller, ServerRequest request, ServerResponse response) {
    boolean trace = Parameters.of(request, TRACE).flag(TRACE);
    RateCard card = card(caller);
    byte[] body = Body.of(request, MOST_BYTES);
    ActivityRecords.Answer answer = records(card).read("body", body);
    List<Judged> records = answer.records();
    if (records.isEmpty()) {
      throw Problem.of(
          Status.BAD_REQUEST_400,
          "there is no activity in the body: send JSON such as"
              + " {\"model\": \"gpt-4o\", \"output_tokens\": 300}");
    }
    if (records.size() == 1 && isOneObject(request, body)) {
      one(response, right(records.get(0), answer.notes()), trace, answer.notes());
    } else if (records.size() > MOST_RECORDS) {
      throw Problem.of(
          Status.REQUEST_ENTITY_TOO_LARGE_413,
          String.format(
              Locale.ROOT,
              "%,d activities at once are more than %,d; send them in parts",
              records.size(),
              MOST_RECORDS));
    } else {
      many(response, card, answer, trace);
    }
  }

  /** Lists and lines are answered with lists, however many they hold. */
  private static boolean isOneObject(ServerRequest request, byte[] body) {
    boolean lines =
        request
            .headers()
            .first(HeaderNames.CONTENT_TYPE)
            .filter(type -> type.contains("ndjson") || type.contains("jsonl"))
            .isPresent();
    int first = 0;
    while (first < body.length - 1 && body[first] <= ' ' && body[first] >= 0) {
      first++;
    }
    return !lines && body[first] == '{';
  }

  private static Priced right(Judged judged) {
    return right(judged, List.of());
  }

  private static Priced right(Judged judged, List<String> notes) {
    return switch (judged) {
      case Priced priced -> priced;
      case Refused refused -> {
        Refusal refusal = refused.refusal();
        String reason =
            refusal.field().isEmpty()
                ? refusal.reason()
                : refusal.field() + ": " + refusal.reason();
        throw Problem.of(
            refusal.field().isEmpty() ? Status.BAD_REQUEST_400 : Status.UNPROCESSABLE_CONTENT_422,
            notes.isEmpty() ? reason : reason + "; " + String.join("; ", notes));
      }
    };
  }

  private static void one(
      ServerResponse response, Priced priced, boolean trace, List<String> notes) {
    Json.sendValue(response, json -> write(json, priced, trace, notes));
  }

  private static void many(
      ServerResponse response, RateCard card, ActivityRecords.Answer answer, boolean trace) {
    PricedVolumes sum = card.newSum();
    long refused = answer.records().stream().filter(each -> each instanceof Refused).count();
    boolean nothingRight = refused == answer.records().size();
    response.status(nothingRight ? Status.UNPROCESSABLE_CONTENT_422 : Status.OK_200);
    Json.send(
        response,
        json -> {
          json.writeArrayPropertyStart("estimates");
          for (Judged judged : answer.records()) {
            switch (judged) {
              case Priced priced -> {
                sum.add(priced.row(), priced.activity().volumes(priced.row().defaults()));
                write(json, priced, trace, List.of());
              }
              case Refused wrong -> write(json, wrong.refusal());
            }
          }
          json.writeEndArray();
          json.writeNumberProperty("refused", refused);
          json.writeName("total");
          FootprintJson.write(json, sum.footprint(), List.of());
          json.writeArrayPropertyStart("notes");
          answer.notes().forEach(json::writeString);
          json.writeEndArray();
        });
  }

  private static void write(JsonGenerator json, Refusal refusal) {
    json.writeStartObject();
    json.writeNumberProperty("record", refusal.line());
    json.writeStringProperty("field", refusal.field());
    json.writeStringProperty("reason", refusal.reason());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Priced priced, boolean trace, List<String> notes) {
    FootprintJson.write(
        json,
        subject(priced).withNotes(notes, "")::writeTo,
        footprint(priced),
        trace ? List.of(trace(priced)) : List.of());
  }

  private static Subject subject(Priced priced) {
    return Subject.of(priced.activity(), priced.row());
  }

  private static Footprint footprint(Priced priced) {
    CardRow row = priced.row();
    return row.price(priced.activity().volumes(row.defaults()));
  }

  /** The derivation, with what is assumed where the activity leaves something open. */
  private static Trace trace(Priced priced) {
    Activity activity = priced.activity();
    CardRow row = priced.row();
    Trace trace = row.explain(activity.volumes(row.defaults()));
    List<String> notes = new ArrayList<>(trace.notes());
    notes.addAll(Subject.openSizes(activity, row));
    return trace.withNotes(notes);
  }
}
