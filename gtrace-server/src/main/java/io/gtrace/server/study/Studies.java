package io.gtrace.server.study;

import io.gtrace.server.access.Caller;
import io.gtrace.server.access.CallerHandler;
import io.gtrace.server.access.Gatekeeper;
import io.gtrace.server.access.Scope;
import io.gtrace.server.http.Body;
import io.gtrace.server.http.Json;
import io.gtrace.server.http.Methods;
import io.gtrace.server.http.Parameters;
import io.gtrace.server.http.Problem;
import io.gtrace.server.organisation.Organisations;
import io.gtrace.simulation.study.Study;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.http.sse.SseEvent;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.sse.SseSink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Starts studies, tells how they get on, ends them, and hands out what came of them. */
public final class Studies implements HttpService, AutoCloseable {
  private static final HeaderName CONTENT_SECURITY_POLICY =
      HeaderNames.create("Content-Security-Policy");
  private static final int MOST_BYTES = 1 << 20;
  private static final int HOURS_PER_DAY = 24;

  /** Lines between are silent for longer than some proxies bear. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private static final String PATH = "/v1/studies";

  private final Organisations organisations;
  private final StudyLimits limits;
  private final StudyQueue queue;

  public Studies(Organisations organisations, StudyLimits limits, InstantSource clock) {
    this.organisations = organisations;
    this.limits = limits;
    queue = new StudyQueue(limits, clock);
  }

  @Override
  public void routing(HttpRules rules) {
    Methods.at(rules, PATH)
        .get(reading(this::list))
        .post(Gatekeeper.requiring(Scope.STUDY, this::start))
        .only();
    Methods.at(rules, PATH + "/{id}")
        .get(reading(this::state))
        .delete(Gatekeeper.requiring(Scope.STUDY, this::cancel))
        .only();
    Methods.at(rules, PATH + "/{id}/events").get(reading(this::events)).only();
    Methods.at(rules, PATH + "/{id}/result").get(reading(this::result)).only();
    Methods.at(rules, PATH + "/{id}/page").get(reading(this::page)).only();
  }

  /** Whether this server runs studies for whoever may start them. */
  public boolean runsStudies() {
    return limits.atOnce() > 0;
  }

  /** The runs of an organisation, newest first; old ones are forgotten. */
  public List<StudyRun> runs(String organisation) {
    return queue.of(organisation).stream().map(StudyRun::of).toList();
  }

  private static Handler reading(CallerHandler handler) {
    return Gatekeeper.requiring(Scope.READ, handler);
  }

  private void list(Caller caller, ServerRequest request, ServerResponse response) {
    Parameters.of(request);
    List<StudyJob> jobs = queue.of(caller.organisation());
    Json.send(
        response,
        json -> {
          json.writeArrayPropertyStart("shipped");
          for (String name : Study.shipped()) {
            Study study = Study.read(name);
            json.writeStartObject();
            json.writeStringProperty("study", study.id());
            json.writeNumberProperty("days", study.hours() / HOURS_PER_DAY);
            json.writeNumberProperty("scale", study.scale());
            json.writeStringProperty("title", study.title());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeArrayPropertyStart("runs");
          for (StudyJob job : jobs) {
            json.writeStartObject();
            write(json, job, job.status());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private void start(Caller caller, ServerRequest request, ServerResponse response) {
    Parameters.of(request);
    StudyRequest asked = StudyRequest.of(Body.of(request, MOST_BYTES));
    StudyRunner runner = new StudyRunner(organisations.of(caller).card(), limits);
    runner.settings(asked);
    StudyJob job = queue.add(caller.organisation(), asked, runner);
    response.status(Status.ACCEPTED_202).header(HeaderNames.LOCATION, PATH + "/" + job.id());
    Json.send(response, json -> write(json, job, job.status()));
  }

  private StudyJob job(Caller caller, ServerRequest request) {
    Parameters.of(request);
    String id = request.path().pathParameters().get("id");
    return queue
        .find(caller.organisation(), id)
        .orElseThrow(() ->
            Problem.of(
                Status.NOT_FOUND_404, "there is no run '" + id + "'; old ones are forgotten"));
  }

  private void state(Caller caller, ServerRequest request, ServerResponse response) {
    StudyJob job = job(caller, request);
    response.header(HeaderNames.CACHE_CONTROL, "no-store");
    Json.send(response, json -> write(json, job, job.status()));
  }

  /** Ends a run that goes on, and keeps what is done; forgets one that is over. */
  private void cancel(Caller caller, ServerRequest request, ServerResponse response) {
    StudyJob job = job(caller, request);
    if (job.status().state().isOver()) {
      queue.remove(job);
      response.status(Status.NO_CONTENT_204).send();
      return;
    }
    job.cancel();
    response.status(Status.ACCEPTED_202);
    Json.send(response, json -> write(json, job, job.status()));
  }

  private StudyJob.Result resultOf(Caller caller, ServerRequest request) {
    StudyJob job = job(caller, request);
    StudyJob.Status status = job.status();
    return status
        .result()
        .orElseThrow(() ->
            Problem.of(
                Status.CONFLICT_409,
                status.state().isOver()
                    ? "the run is " + status.state().label() + " and left nothing"
                    : "the run is " + status.state().label() + "; its result is there afterwards"));
  }

  private void result(Caller caller, ServerRequest request, ServerResponse response) {
    Json.sendText(response, resultOf(caller, request).json());
  }

  private void page(Caller caller, ServerRequest request, ServerResponse response) {
    String page = resultOf(caller, request).page();
    response
        .header(CONTENT_SECURITY_POLICY, OwnPolicy.of(page))
        .header(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8")
        .send(page.getBytes(StandardCharsets.UTF_8));
  }

  /** Server-sent events: {@code progress} until one of them says that the run is over. */
  private void events(Caller caller, ServerRequest request, ServerResponse response)
      throws InterruptedException {
    StudyJob job = job(caller, request);
    response.header(HeaderNames.CACHE_CONTROL, "no-store");
    try (SseSink sink = response.sink(SseSink.TYPE)) {
      StudyJob.Status told = job.status();
      tell(sink, job, told);
      while (!told.state().isOver()) {
        StudyJob.Status next = job.awaitChange(told.changes(), HEARTBEAT);
        if (next.changes() > told.changes()) {
          tell(sink, job, next);
        } else {
          sink.emit(SseEvent.builder().comment("still " + next.state().label()).build());
        }
        told = next;
      }
    }
  }

  private static void tell(SseSink sink, StudyJob job, StudyJob.Status status) {
    sink.emit(
        SseEvent.builder()
            .id(Long.toString(status.changes()))
            .name("progress")
            .data(new String(Json.object(json -> write(json, job, status)), StandardCharsets.UTF_8))
            .build());
  }

  private static void write(JsonGenerator json, StudyJob job, StudyJob.Status status) {
    StudyRequest request = job.request();
    json.writeStringProperty("id", job.id());
    json.writeStringProperty("study", request.study().id());
    json.writeStringProperty("title", request.study().title());
    json.writeStringProperty("state", status.state().label());
    json.writeNumberProperty("share", status.share());
    json.writeNumberProperty("scale", request.scale().orElseGet(request.study()::scale));
    json.writeNumberProperty("hours", request.study().hours());
    json.writeNumberProperty("seed", request.seed());
    json.writeNumberProperty("runs", request.runs());
    moment(json, "began", status.began());
    moment(json, "ended", status.ended());
    json.writeNumberProperty("hoursDone", status.result().map(StudyJob.Result::hours).orElse(0));
    json.writeStringProperty("message", status.message());
  }

  private static void moment(JsonGenerator json, String name, Optional<Instant> moment) {
    if (moment.isPresent()) {
      json.writeStringProperty(name, moment.get().toString());
    } else {
      json.writeNullProperty(name);
    }
  }

  /** Cancels what runs. */
  @Override
  public void close() {
    queue.close();
  }
}
