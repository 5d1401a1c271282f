package io.gtrace.server.api;

import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.store.Head;
import io.gtrace.report.LedgerAnswerJson;
import io.gtrace.server.access.Caller;
import io.gtrace.server.access.Gatekeeper;
import io.gtrace.server.access.Scope;
import io.gtrace.server.access.Sha256;
import io.gtrace.server.http.EntityTag;
import io.gtrace.server.http.Json;
import io.gtrace.server.http.Methods;
import io.gtrace.server.http.Packed;
import io.gtrace.server.http.Parameters;
import io.gtrace.server.http.Problem;
import io.gtrace.server.organisation.LedgerView;
import io.gtrace.server.organisation.LedgerView.Answer;
import io.gtrace.server.organisation.LedgerView.Made;
import io.gtrace.server.organisation.LedgerView.Question;
import io.gtrace.server.organisation.Organisations;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the ledger holds, split as a caller likes: {@code ?by=team,model&from=2026-03&region=FR}.
 */
final class Footprints implements HttpService {
  private static final Set<String> PARAMETERS =
      Stream.concat(
              Stream.of("by", "from", "to"),
              Stream.of(GroupBy.values()).filter(each -> !each.isTime()).map(GroupBy::label))
          .collect(Collectors.toUnmodifiableSet());

  private final Organisations organisations;

  Footprints(Organisations organisations) {
    this.organisations = organisations;
  }

  @Override
  public void routing(HttpRules rules) {
    Methods.at(rules, "/v1/footprints").get(Gatekeeper.requiring(Scope.READ, this::answer)).only();
  }

  private void answer(Caller caller, ServerRequest request, ServerResponse response) {
    Question question = question(caller, Parameters.of(request, PARAMETERS));
    LedgerView ledger = organisations.of(caller).view();
    if (EntityTag.isKnown(request, response, tag(caller, ledger.snapshot().head()))) {
      return;
    }
    Made made = ledger.made(question, state -> json(question, state.ask(question)));
    // There may be a newer state by now.
    if (!EntityTag.isKnown(request, response, tag(caller, made.head()))) {
      made.content().send(request, response, "application/json");
    }
  }

  private static Packed json(Question question, Answer answer) {
    List<String> names = question.by().stream().map(GroupBy::label).toList();
    return new Packed(
        Json.object(json -> LedgerAnswerJson.write(json, names, answer.total(), answer.lines())));
  }

  /** Callers of several teams get other answers at one address. */
  private static String tag(Caller caller, Head head) {
    return caller
        .team()
        .map(team -> head.seal() + "-" + HexFormat.of().formatHex(Sha256.of(team)))
        .orElse(head.seal());
  }

  /**
   * A question as a query writes it; a caller of one team asks of that alone.
   *
   * @throws Problem if they name another
   */
  private static Question question(Caller caller, Parameters asked) {
    List<GroupBy> by = asked.list("by").stream().map(Footprints::dimension).toList();
    Period period = Period.parse("from", asked.text("from"), "to", asked.text("to"));
    Map<GroupBy, String> only = new TreeMap<>();
    for (GroupBy each : GroupBy.values()) {
      if (!each.isTime()) {
        asked.given(each.label()).ifPresent(value -> only.put(each, value));
      }
    }
    caller
        .teamOf(Optional.ofNullable(only.get(GroupBy.TEAM)))
        .ifPresent(team -> only.put(GroupBy.TEAM, team));
    return new Question(by, period, only);
  }

  private static GroupBy dimension(String name) {
    return GroupBy.named(name)
        .orElseThrow(() ->
            new IllegalArgumentException("by: '" + name + "' is none of " + GroupBy.labels()));
  }
}
