package io.gtrace.server.http;

import io.gtrace.factor.UnknownNameException;
import io.gtrace.ledger.UsageException;
import io.gtrace.ledger.store.LedgerException;
import io.gtrace.server.journal.OverloadException;
import io.gtrace.simulation.document.DocumentException;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** Turns what went wrong into answers. Nothing that a caller cannot use is told. */
public final class Faults {
  /** After so long a journal has usually been emptied. */
  private static final Duration UNTIL_TAKEN = Duration.ofSeconds(5);

  private static final System.Logger LOG = System.getLogger(Faults.class.getName());

  private Faults() {}

  /** How a problem is told. */
  @FunctionalInterface
  public interface Form {
    void send(ServerRequest request, ServerResponse response, Problem problem);
  }

  /** Lets a routing answer faults. */
  public static void answeredBy(HttpRouting.Builder routing) {
    answeredBy(routing, (request, response, problem) -> send(response, problem));
  }

  /** Lets a routing answer faults in another form. */
  public static void answeredBy(HttpRouting.Builder routing, Form form) {
    routing.error(
        Exception.class,
        (request, response, fault) -> form.send(request, response, problem(request, fault)));
  }

  private static Problem problem(ServerRequest request, Exception fault) {
    return told(fault).orElseGet(() -> ours(request, fault));
  }

  /** What a fault is to whoever asked; empty if it is none of theirs and will not pass. */
  public static Optional<Problem> told(Exception fault) {
    return Optional.ofNullable(
        switch (fault) {
          case Problem problem -> problem;
          case OverloadException overload ->
              Problem.passing(Status.SERVICE_UNAVAILABLE_503, message(overload), UNTIL_TAKEN);
          case UnknownNameException unknown ->
              Problem.of(Status.UNPROCESSABLE_CONTENT_422, message(unknown));
          case DocumentException wrong ->
              Problem.of(Status.UNPROCESSABLE_CONTENT_422, message(wrong));
          case UsageException wrong -> Problem.of(Status.BAD_REQUEST_400, message(wrong));
          case IllegalArgumentException wrong -> Problem.of(Status.BAD_REQUEST_400, message(wrong));
          case JacksonException noJson ->
              Problem.of(
                  Status.BAD_REQUEST_400, "not readable as JSON: " + noJson.getOriginalMessage());
          case LedgerException ledger ->
              Problem.passing(Status.SERVICE_UNAVAILABLE_503, message(ledger), UNTIL_TAKEN);
          case HttpException http -> Problem.of(http.status(), message(http));
          default -> null;
        });
  }

  private static Problem ours(ServerRequest request, Exception fault) {
    LOG.log(
        System.Logger.Level.ERROR,
        () -> request.prologue().method() + " " + request.path().path() + " failed",
        fault);
    return Problem.of(
        Status.INTERNAL_SERVER_ERROR_500, "a fault of gtrace itself; its log says more");
  }

  private static String message(Exception fault) {
    return String.valueOf(fault.getMessage());
  }

  private static void send(ServerResponse response, Problem problem) {
    if (problem.status().code() == Status.UNAUTHORIZED_401.code()) {
      response.header(HeaderNames.WWW_AUTHENTICATE, "Bearer realm=\"gtrace\"");
    }
    problem
        .retryAfter()
        .ifPresent(
            after -> response.header(HeaderNames.RETRY_AFTER, Long.toString(after.toSeconds())));
    Json.send(
        response.status(problem.status()),
        "application/problem+json",
        json -> {
          json.writeStringProperty("type", "about:blank");
          json.writeStringProperty("title", problem.status().reasonPhrase());
          json.writeNumberProperty("status", problem.status().code());
          json.writeStringProperty("detail", problem.detail());
        });
  }
}
