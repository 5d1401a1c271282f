package io.gtrace.server.api;

import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.Period;
import io.gtrace.report.LedgerAnswerJson;
import io.gtrace.server.access.Caller;
import io.gtrace.server.access.Gatekeeper;
import io.gtrace.server.access.Scope;
import io.gtrace.server.http.Json;
import io.gtrace.server.organisation.LedgerView.Answer;
import io.gtrace.server.organisation.LedgerView.Question;
import io.gtrace.server.organisation.Organisations;
import io.helidon.common.uri.UriQuery;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the ledger holds, split as a caller likes: {@code ?by=team,model&from=2026-03&region=FR}.
 */
public final class Footprints implements HttpService {
  private final Organisations organisations;

  public Footprints(Organisations organisations) {
    this.organisations = organisations;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get("/v1/footprints", Gatekeeper.requiring(Scope.READ, this::answer));
  }

  private void answer(Caller caller, ServerRequest request, ServerResponse response) {
    Question question = question(caller, request.query());
    Answer answer = organisations.of(caller).view().ask(question);
    String tag = "\"" + answer.head().seal() + "\"";
    response.header(HeaderNames.ETAG, tag).header(HeaderNames.CACHE_CONTROL, "no-cache");
    if (request.headers().first(HeaderNames.IF_NONE_MATCH).filter(tag::equals).isPresent()) {
      response.status(Status.NOT_MODIFIED_304).send();
      return;
    }
    List<String> names = question.by().stream().map(GroupBy::label).toList();
    Json.send(
        response, json -> LedgerAnswerJson.write(json, names, answer.total(), answer.lines()));
  }

  /** A question as a query writes it; a caller of one team asks of that alone. */
  static Question question(Caller caller, UriQuery query) {
    List<GroupBy> by =
        query.first("by").stream()
            .flatMap(names -> Stream.of(names.split(",", -1)))
            .map(Footprints::dimension)
            .toList();
    Period period =
        Period.parse(
            "from", query.first("from").asOptional(), "to", query.first("to").asOptional());
    Map<GroupBy, String> only = new TreeMap<>();
    for (GroupBy each : GroupBy.values()) {
      if (!each.isTime()) {
        query.first(each.label()).ifPresent(value -> only.put(each, value));
      }
    }
    caller.team().ifPresent(team -> only.put(GroupBy.TEAM, team));
    return new Question(by, period, only);
  }

  private static GroupBy dimension(String name) {
    return GroupBy.named(name)
        .orElseThrow(() ->
            new IllegalArgumentException("by: '" + name + "' is none of " + GroupBy.labels()));
  }
}
