package io.gtrace.server.api;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.governance.advice.Organisation;
import io.gtrace.governance.advice.OrganisationReader;
import io.gtrace.governance.advice.Plan;
import io.gtrace.governance.advice.Replay;
import io.gtrace.governance.disclosure.Form;
import io.gtrace.governance.disclosure.Forms;
import io.gtrace.governance.disclosure.Standard;
import io.gtrace.governance.disclosure.Standards;
import io.gtrace.governance.evidence.Evidence;
import io.gtrace.governance.evidence.EvidenceKinds;
import io.gtrace.governance.facts.ReportingPeriod;
import io.gtrace.governance.facts.WholePeriod;
import io.gtrace.governance.profile.Profile;
import io.gtrace.governance.pyramid.AssessmentHistory;
import io.gtrace.governance.pyramid.Assessor;
import io.gtrace.governance.pyramid.Pyramid;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.RollupFiles.Pricing;
import io.gtrace.ratecard.RateCard;
import io.gtrace.report.AdviceJson;
import io.gtrace.report.AssessmentJson;
import io.gtrace.report.DisclosureCsv;
import io.gtrace.report.DisclosureJson;
import io.gtrace.report.DisclosureMarkdown;
import io.gtrace.server.access.Caller;
import io.gtrace.server.access.CallerHandler;
import io.gtrace.server.access.Scope;
import io.gtrace.server.api.LongAnswers.Answer;
import io.gtrace.server.api.LongAnswers.Question;
import io.gtrace.server.http.Json;
import io.gtrace.server.http.MadeOnce;
import io.gtrace.server.http.Methods;
import io.gtrace.server.http.Parameters;
import io.gtrace.server.http.Problem;
import io.gtrace.server.organisation.Organisations;
import io.gtrace.uncertainty.Draws;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The pyramid, advice and disclosures of an organisation: what the command line says of its ledger,
 * profile and evidence.
 */
final class Governance implements HttpService, AutoCloseable {
  private static final Path LEDGER = Path.of("ledger");

  private final Organisations organisations;
  private final ApiOptions options;
  private final Supplier<Standards> standards = new MadeOnce<>(Standards::shipped);
  private final LongAnswers answers = new LongAnswers();

  Governance(Organisations organisations, ApiOptions options) {
    this.organisations = organisations;
    this.options = options;
  }

  @Override
  public void routing(HttpRules rules) {
    get(rules, "/v1/pyramid", this::pyramid);
    get(rules, "/v1/pyramid/recorded", this::recorded);
    get(rules, "/v1/advice", this::advice);
    get(rules, "/v1/disclosures", this::listStandards);
    get(rules, "/v1/disclosures/{standard}", this::disclosure);
  }

  private static void get(HttpRules rules, String path, CallerHandler handler) {
    Methods.at(rules, path).get(WholeOrganisation.only(Scope.READ, handler)).only();
  }

  private Path profileOf(Caller caller) {
    Path profile = options.profiles().get(caller.organisation());
    if (profile == null) {
      throw Problem.of(
          Status.NOT_FOUND_404,
          "the server knows no profile of this organisation; start it with --profile FILE (gtrace"
              + " pyramid init makes one)");
    }
    return profile;
  }

  private void pyramid(Caller caller, ServerRequest request, ServerResponse response)
      throws Exception {
    Optional<ReportingPeriod> asked =
        Parameters.of(request, "period").text("period").map(ReportingPeriod::parse);
    Profile profile = Profile.read(profileOf(caller));
    Ledger.Snapshot ledger = notEmpty(caller);
    RateCard card = organisations.of(caller).card();
    answers.send(
        request,
        response,
        question(caller, "pyramid " + asked, ledger, profile),
        () ->
            Answer.json(
                AssessmentJson.of(
                    new Assessor(Pyramid.shipped(), card)
                        .assess(
                            ledger,
                            profile,
                            Evidence.read(profile.evidence(), EvidenceKinds.shipped()),
                            asked.orElseGet(() -> WholePeriod.lastOf(ledger)),
                            AssessmentHistory.of(ledger, profile.organisation())))));
  }

  private Ledger.Snapshot notEmpty(Caller caller) {
    Ledger.Snapshot ledger = organisations.of(caller).view().snapshot();
    if (ledger.seals().isEmpty()) {
      throw Problem.of(Status.NOT_FOUND_404, "the ledger is empty: there is nothing to say of it");
    }
    return ledger;
  }

  /** An answer is as old as the newest of the ledger, the factors, the profile and the evidence. */
  private Question question(Caller caller, String asked, Ledger.Snapshot ledger, Profile profile) {
    String files = FileState.of(List.of(profileOf(caller), profile.evidence()));
    String factorSet = organisations.of(caller).card().catalogue().factorSet();
    return new Question(
        caller.organisation(), asked + " " + factorSet, ledger.head().seal() + "-" + files);
  }

  private void recorded(Caller caller, ServerRequest request, ServerResponse response) {
    Parameters.of(request);
    List<AssessmentHistory.Recorded> all =
        AssessmentHistory.recorded(organisations.of(caller).view().snapshot());
    Json.send(
        response,
        json -> {
          json.writeArrayPropertyStart("assessments");
          for (AssessmentHistory.Recorded each : all) {
            json.writeStartObject();
            json.writeStringProperty("organisation", each.organisation());
            json.writeStringProperty("period", each.reached().period().toString());
            json.writeNumberProperty("reached", each.reached().level());
            json.writeArrayPropertyStart("departures");
            each.departures().forEach(json::writeString);
            json.writeEndArray();
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private void advice(Caller caller, ServerRequest request, ServerResponse response)
      throws Exception {
    Parameters asked = Parameters.of(request, "from", "to", "actions", "order");
    Period period = Period.parse("from", asked.text("from"), "to", asked.text("to"));
    List<String> actions = asked.list("actions");
    Plan.Order order = order(asked.text("order").orElse("carbon"));
    Ledger.Snapshot ledger = notEmpty(caller);
    FactorCatalogue catalogue = organisations.of(caller).card().catalogue();
    Optional<Path> workloads = Optional.ofNullable(options.workloads().get(caller.organisation()));
    Question question =
        new Question(
            caller.organisation(),
            "advice " + period + actions + order + " " + catalogue.factorSet(),
            ledger.head().seal() + "-" + FileState.of(workloads.stream().toList()));
    answers.send(
        request,
        response,
        question,
        () -> Answer.json(plan(ledger, catalogue, workloads, period, actions, order)));
  }

  private static String plan(
      Ledger.Snapshot ledger,
      FactorCatalogue catalogue,
      Optional<Path> workloads,
      Period period,
      List<String> actions,
      Plan.Order order) {
    Organisation organisation =
        workloads.map(new OrganisationReader(catalogue)::read).orElseGet(Organisation::silent);
    Draws draws = Draws.standard(catalogue.correlations());
    RateCard card = new RateCard(catalogue, draws, Fallback.ALLOW);
    try (LedgerQuery query = LedgerQuery.open(ledger, Pricing.CURRENT)) {
      if (query.total(period).activities() == 0) {
        throw new IllegalArgumentException("there is no work in that period of the ledger");
      }
      Plan plan = Plan.of(Replay.of(query, period, card, draws, organisation), actions, order);
      return new String(
          Json.object(json ->
              AdviceJson.write(json, plan, Optional.empty(), organisation.prices().currency())),
          StandardCharsets.UTF_8);
    }
  }

  private static Plan.Order order(String name) {
    return switch (name) {
      case "carbon" -> Plan.Order.CARBON;
      case "cost" -> Plan.Order.COST;
      default ->
          throw Problem.of(
              Status.BAD_REQUEST_400, "order must be carbon or cost, not '" + name + "'");
    };
  }

  private void listStandards(Caller caller, ServerRequest request, ServerResponse response) {
    Parameters.of(request);
    Json.send(
        response,
        json -> {
          json.writeArrayPropertyStart("standards");
          for (Standard each : standards.get().all()) {
            json.writeStartObject();
            json.writeStringProperty("standard", each.id());
            json.writeStringProperty("title", each.title());
            json.writeStringProperty("status", each.status().label());
            json.writeStringProperty("date", each.date().toString());
            json.writeNumberProperty("fields", each.fields().size());
            json.writeNumberProperty("rules", each.rules().size());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private void disclosure(Caller caller, ServerRequest request, ServerResponse response)
      throws Exception {
    Parameters asked = Parameters.of(request, "period", "audience", "format");
    String id = request.path().pathParameters().get("standard");
    Standard standard =
        standards
            .get()
            .named(id.toLowerCase(Locale.ROOT))
            .orElseThrow(() ->
                Problem.of(
                    Status.NOT_FOUND_404, "'" + id + "' is none of " + standards.get().names()));
    Optional<ReportingPeriod> period = asked.text("period").map(ReportingPeriod::parse);
    Optional<String> audience = asked.text("audience").map(Governance::audience);
    String format = asked.text("format").orElse("json");
    if (!List.of("json", "csv", "markdown").contains(format)) {
      throw Problem.of(
          Status.BAD_REQUEST_400, "format must be json, csv or markdown, not '" + format + "'");
    }
    Profile profile = Profile.read(profileOf(caller));
    Ledger.Snapshot ledger = notEmpty(caller);
    RateCard card = organisations.of(caller).card();
    answers.send(
        request,
        response,
        question(caller, "disclosure " + id + period + audience + format, ledger, profile),
        () -> {
          Forms filled =
              Forms.filled(
                  List.of(standard),
                  ledger,
                  profile,
                  period.orElseGet(() -> WholePeriod.lastOf(ledger)),
                  card,
                  Pyramid.shipped().meteredShare());
          return printed(audience.map(filled::forAudience).orElse(filled).forms(), format);
        });
  }

  private static String audience(String reader) {
    if (!Form.AUDIENCES.contains(reader)) {
      throw Problem.of(
          Status.BAD_REQUEST_400,
          "audience: '"
              + reader
              + "' is none of "
              + String.join(", ", Form.AUDIENCES.stream().sorted().toList()));
    }
    return reader;
  }

  private static Answer printed(List<Form> forms, String format) {
    return switch (format) {
      case "csv" -> new Answer("text/csv; charset=utf-8", DisclosureCsv.of(forms, LEDGER));
      case "markdown" ->
          new Answer("text/markdown; charset=utf-8", DisclosureMarkdown.of(forms, LEDGER));
      default -> Answer.json(DisclosureJson.of(forms, LEDGER));
    };
  }

  @Override
  public void close() {
    answers.close();
  }
}
