package io.gtrace.server.page;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.store.LedgerException;
import io.gtrace.server.access.Address;
import io.gtrace.server.access.Caller;
import io.gtrace.server.access.Gatekeeper;
import io.gtrace.server.access.Scope;
import io.gtrace.server.http.Body;
import io.gtrace.server.http.MadeOnce;
import io.gtrace.server.http.Methods;
import io.gtrace.server.http.Packed;
import io.gtrace.server.http.Problem;
import io.gtrace.server.organisation.LedgerView;
import io.gtrace.server.organisation.Organisation;
import io.gtrace.server.organisation.Organisations;
import io.gtrace.server.organisation.OwnValue;
import io.gtrace.server.study.Studies;
import io.gtrace.simulation.study.Study;
import io.helidon.common.parameters.Parameters;
import io.helidon.common.uri.UriQuery;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The dashboard. */
public final class Pages implements HttpService {
  private static final int MOST_FORM_BYTES = 64 << 10;
  private static final System.Logger LOG = System.getLogger(Pages.class.getName());

  private final Organisations organisations;
  private final PageOptions options;
  private final Supplier<OtlpPorts> ports;
  private final Studies studies;
  private final InstantSource clock;
  private final StaticFiles files = new StaticFiles();
  private final Advice advice = new Advice();
  private final PyramidAssessment pyramid;
  private final Supplier<OwnFactors> ownFactors =
      new MadeOnce<>(() -> OwnFactors.beside(FactorCatalogue.shipped()));
  private final Supplier<List<Study>> shipped =
      new MadeOnce<>(() -> Study.shipped().stream().map(Study::read).toList());

  /**
   * @param studies those that run or have run
   * @param ports where telemetry is received, to tell how to connect; asked for with each page
   * @param clock tells which day it is
   */
  public Pages(
      Organisations organisations,
      PageOptions options,
      Studies studies,
      Supplier<OtlpPorts> ports,
      InstantSource clock) {
    this.organisations = organisations;
    this.options = options;
    this.clock = clock;
    pyramid = new PyramidAssessment(options.profile());
    this.ports = ports;
    this.studies = studies;
  }

  @Override
  public void routing(HttpRules rules) {
    files.routing(rules);
    get(
        rules,
        "/",
        figures(Room.NOW, Intake::of, visit -> NowPage.of(visit, options, ports.get())));
    get(rules, "/explore", figures(Room.EXPLORE, organisation -> Intake.NOT_TOLD, ExplorePage::of));
    get(rules, "/explore.csv", Gatekeeper.requiring(Scope.READ, this::sendCsv));
    get(rules, "/calculator", page(Room.CALCULATOR, CalculatorPage::of));
    get(rules, "/trace", page(Room.CALCULATOR, TracePage::of));
    get(rules, "/factors", page(Room.FACTORS, visit -> FactorsPage.of(visit, ownFactors.get())));
    get(rules, "/ledger", page(Room.LEDGER, LedgerPage::of));
    get(rules, "/map", page(Room.MAP, MapPage::of));
    get(
        rules,
        "/studies",
        page(
            Room.STUDIES,
            visit ->
                new StudiesPage(
                    shipped.get(),
                    studies.runs(visit.caller().organisation()),
                    studies.runsStudies() && visit.caller().may(Scope.STUDY))));
    get(rules, "/pyramid", page(Room.PYRAMID, pyramid::of));
    get(rules, "/advice", page(Room.ADVICE, advice::of));
    post(rules, "/ledger/models", Gatekeeper.requiring(Scope.ADMIN, this::mapModel));
    post(rules, "/ledger/reprice", Gatekeeper.requiring(Scope.ADMIN, this::reprice));
    post(rules, "/factors/own", Gatekeeper.requiring(Scope.ADMIN, this::giveValue));
    post(rules, "/factors/forget", Gatekeeper.requiring(Scope.ADMIN, this::forgetValues));
    post(rules, "/demo", Gatekeeper.requiring(Scope.ADMIN, this::loadDemo));
  }

  /**
   * Makes the first pages of an organisation for nobody. What they need is loaded and read then,
   * and what they ask is answered as far as answers are kept, before somebody comes.
   */
  public void warmUp(Organisation organisation) {
    warmUp(organisation, visit -> NowPage.of(visit, options, ports.get()));
    warmUp(organisation, ExplorePage::of);
  }

  private void warmUp(Organisation organisation, Function<Visit, View> made) {
    try {
      Caller nobody =
          new Caller("warm-up", organisation.name(), Optional.empty(), Set.of(Scope.READ));
      Visit visit =
          new Visit(
              nobody,
              organisation,
              organisation.view(),
              new Fields(UriQuery.empty()),
              "",
              clock.instant(),
              Intake.of(organisation));
      Html.of(frame(visit, made.apply(visit)));
    } catch (RuntimeException cannotBeMade) {
      LOG.log(System.Logger.Level.DEBUG, "whoever asks for a page is told so", cannotBeMade);
    }
  }

  private static void get(HttpRules rules, String path, Handler handler) {
    Methods.at(rules, path).get(handler).only();
  }

  private static void post(HttpRules rules, String path, Handler handler) {
    Methods.at(rules, path).post(handler).only();
  }

  /** A page that everybody may see who may see figures. */
  private Handler page(Room room, Function<Visit, View> made) {
    return showing(
        room,
        (caller, request) -> {
          Visit visit = visit(caller, request, request.query());
          return Html.of(frame(visit, made.apply(visit)));
        });
  }

  /**
   * The same of one that shows what the ledger says, how what comes reaches it, and nothing else
   * that changes: it is made once for a state of both.
   *
   * @param told what it tells of that way
   */
  private Handler figures(
      Room room, Function<Organisation, Intake> told, Function<Visit, View> made) {
    return showing(
        room,
        (caller, request) -> {
          Organisation organisation = organisations.of(caller);
          Fields fields = new Fields(request.query());
          String origin = ShownOrigin.of(request);
          Intake intake = told.apply(organisation);
          return organisation
              .view()
              .made(
                  new PageKey(room, request.query().rawValue(), caller, origin, intake),
                  ledger -> {
                    Visit visit =
                        new Visit(
                            caller, organisation, ledger, fields, origin, clock.instant(), intake);
                    return Html.of(frame(visit, made.apply(visit)));
                  })
              .content();
        });
  }

  /**
   * All that sets one page of figures apart from another.
   *
   * @param query as it came
   */
  private record PageKey(Room room, String query, Caller caller, String origin, Intake intake) {}

  private Handler showing(Room room, BiFunction<Caller, ServerRequest, Packed> made) {
    return Gatekeeper.requiring(
        Scope.READ, (caller, request, response) -> show(caller, request, response, room, made));
  }

  private void show(
      Caller caller,
      ServerRequest request,
      ServerResponse response,
      Room room,
      BiFunction<Caller, ServerRequest, Packed> made) {
    try {
      Html.send(request, response, Status.OK_200, made.apply(caller, request));
    } catch (Problem problem) {
      explain(
          caller,
          request,
          response,
          problem.status(),
          new ErrorView(problem.status().reasonPhrase(), problem.detail(), room));
    } catch (IllegalArgumentException wrong) {
      explain(
          caller,
          request,
          response,
          Status.BAD_REQUEST_400,
          new ErrorView("That cannot be answered", String.valueOf(wrong.getMessage()), room));
    } catch (LedgerException damaged) {
      explain(
          caller,
          request,
          response,
          Status.SERVICE_UNAVAILABLE_503,
          new ErrorView("The ledger cannot be read", String.valueOf(damaged.getMessage()), room));
    }
  }

  private void explain(
      Caller caller,
      ServerRequest request,
      ServerResponse response,
      Status status,
      ErrorView view) {
    Html.send(
        request, response, status, Html.of(frame(visit(caller, request, request.query()), view)));
  }

  private Frame frame(Visit visit, View view) {
    return new Frame(files, view, visit.organisation().name(), visit.caller().team().orElse(""));
  }

  private Visit visit(Caller caller, ServerRequest request, Parameters parameters) {
    Organisation organisation = organisations.of(caller);
    return new Visit(
        caller,
        organisation,
        organisation.view(),
        new Fields(parameters),
        ShownOrigin.of(request),
        clock.instant(),
        Intake.of(organisation));
  }

  private void sendCsv(Caller caller, ServerRequest request, ServerResponse response) {
    String csv = ExplorePage.csv(visit(caller, request, request.query()));
    response
        .header(HeaderNames.CONTENT_DISPOSITION, "attachment; filename=\"gtrace.csv\"")
        .header(HeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(HeaderNames.CACHE_CONTROL, "no-store");
    new Packed(csv.getBytes(StandardCharsets.UTF_8))
        .send(request, response, "text/csv; charset=utf-8");
  }

  /** Puts the shipped traces into a ledger that has nothing of its own yet. */
  private void loadDemo(Caller caller, ServerRequest request, ServerResponse response) {
    if (caller.team().isPresent()) {
      throw Problem.of(
          Status.FORBIDDEN_403, "a token of one team cannot load demo data into the ledger of all");
    }
    Organisation organisation = organisations.of(caller);
    LedgerView.Question all = new LedgerView.Question(List.of(), Period.ALL, Map.of());
    if (organisation.waitingBytes() > 0 || organisation.view().ask(all).total().activities() > 0) {
      throw Problem.of(
          Status.CONFLICT_409, "the ledger has activities of its own; demo data would spoil it");
    }
    organisation.loadDemo();
    seeOther(response, "/");
  }

  /** What somebody who sees all filled in. */
  private Visit form(Caller caller, ServerRequest request, String refusal) {
    String form = new String(Body.of(request, MOST_FORM_BYTES), StandardCharsets.UTF_8);
    Visit visit = visit(caller, request, UriQuery.create(form));
    if (!visit.seesAll()) {
      throw Problem.of(Status.FORBIDDEN_403, refusal);
    }
    return visit;
  }

  /** Keeps a value of a factor. */
  private void giveValue(Caller caller, ServerRequest request, ServerResponse response) {
    Visit visit = form(caller, request, "a token of one team cannot give values for all");
    changeValues(
        visit,
        request,
        response,
        "That value cannot be taken",
        () -> giveValue(visit, Address.of(request).text()));
  }

  private void changeValues(
      Visit visit,
      ServerRequest request,
      ServerResponse response,
      String refusal,
      Runnable change) {
    try {
      change.run();
    } catch (IllegalArgumentException wrong) {
      explain(
          visit.caller(),
          request,
          response,
          Status.BAD_REQUEST_400,
          new ErrorView(refusal, String.valueOf(wrong.getMessage()), Room.FACTORS));
      return;
    }
    seeOther(response, "/factors#own");
  }

  private static void giveValue(Visit visit, String from) {
    OwnValue.Kind kind = OwnValue.Kind.labelled(visit.fields().text("of").orElse(""));
    Map<String, String> said = new HashMap<>();
    Stream.concat(
            kind.statements().stream().map(OwnValue.Statement::name),
            Stream.of(OwnValue.SOURCE, OwnValue.YEAR, OwnValue.TIER))
        .forEach(name -> visit.fields().text(name).ifPresent(text -> said.put(name, text)));
    visit
        .organisation()
        .giveValue(kind, visit.fields().text("id").orElse(""), said, visit.caller(), from);
  }

  /** Forgets the values of a factor. */
  private void forgetValues(Caller caller, ServerRequest request, ServerResponse response) {
    Visit visit = form(caller, request, "a token of one team cannot forget values of all");
    changeValues(
        visit,
        request,
        response,
        "That value cannot be forgotten",
        () ->
            visit
                .organisation()
                .forgetValues(
                    OwnValue.Kind.labelled(visit.fields().text("of").orElse("")),
                    visit.fields().text("subject").orElse(""),
                    caller,
                    Address.of(request).text()));
  }

  /** Keeps what an unknown model is. */
  private void mapModel(Caller caller, ServerRequest request, ServerResponse response) {
    Visit visit = form(caller, request, "a token of one team cannot name models for all");
    visit
        .organisation()
        .mapModel(visit.fields().text("name").orElse(""), visit.fields().text("model").orElse(""));
    seeOther(response, "/ledger#unknown");
  }

  /** Prices all that is there by the factors of now. */
  private void reprice(Caller caller, ServerRequest request, ServerResponse response) {
    if (caller.team().isPresent()) {
      throw Problem.of(Status.FORBIDDEN_403, "a token of one team cannot price the ledger of all");
    }
    organisations.of(caller).reprice();
    seeOther(response, "/ledger#unknown");
  }

  private static void seeOther(ServerResponse response, String path) {
    response.status(Status.SEE_OTHER_303).header(HeaderNames.LOCATION, path).send();
  }
}
