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
import tools.jackson.core.JacksonException;

/** Turns what went wrong into answers. Nothing that a caller cannot use is told. */
public final class Faults {
  /** After so long a journal has usually been emptied. */
  private static final Duration UNTIL_TAKEN = Duration.ofSeconds(5);

  private static final System.Logger LOG = System.getLogger(Faults.class.getName());

  private Faults() {}

  /** Lets a routing answer faults. */
  public static void answeredBy(HttpRouting.Builder routing) {
    routing
        .error(Problem.class, (request, response, problem) -> send(response, problem))
        .error(
            OverloadException.class,
            (request, response, overload) ->
                send(
                    response,
                    Problem.passing(
                        Status.SERVICE_UNAVAILABLE_503, message(overload), UNTIL_TAKEN)))
        .error(
            UnknownNameException.class,
            (request, response, unknown) ->
                send(response, Problem.of(Status.UNPROCESSABLE_CONTENT_422, message(unknown))))
        .error(
            DocumentException.class,
            (request, response, wrong) ->
                send(response, Problem.of(Status.UNPROCESSABLE_CONTENT_422, message(wrong))))
        .error(UsageException.class, Faults::badRequest)
        .error(IllegalArgumentException.class, Faults::badRequest)
        .error(
            JacksonException.class,
            (request, response, noJson) ->
                send(
                    response,
                    Problem.of(
                        Status.BAD_REQUEST_400,
                        "not readable as JSON: " + noJson.getOriginalMessage())))
        .error(
            LedgerException.class,
            (request, response, ledger) ->
                send(
                    response,
                    Problem.passing(Status.SERVICE_UNAVAILABLE_503, message(ledger), UNTIL_TAKEN)))
        .error(
            HttpException.class,
            (request, response, http) -> send(response, Problem.of(http.status(), message(http))))
        .error(Exception.class, Faults::ours);
  }

  private static void badRequest(ServerRequest request, ServerResponse response, Exception wrong) {
    send(response, Problem.of(Status.BAD_REQUEST_400, message(wrong)));
  }

  private static void ours(ServerRequest request, ServerResponse response, Exception fault) {
    LOG.log(
        System.Logger.Level.ERROR,
        () -> request.prologue().method() + " " + request.path().path() + " failed",
        fault);
    send(
        response,
        Problem.of(
            Status.INTERNAL_SERVER_ERROR_500, "a fault of gtrace itself; its log says more"));
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
