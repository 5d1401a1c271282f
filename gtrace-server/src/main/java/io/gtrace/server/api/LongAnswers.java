package io.gtrace.server.api;

import io.gtrace.server.http.EntityTag;
import io.gtrace.server.http.Json;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Answers that take long. Each is computed once for a state of what it rests on, one after the
 * other, so that a caller who asks again or a second one costs nothing; whoever does not get it at
 * once is told to come back.
 */
final class LongAnswers implements AutoCloseable {
  private static final int MOST_KEPT = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final String AGAIN_AFTER_S = "2";

  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("long answers").factory());
  private final Map<Question, Future<Answer>> answers = new LinkedHashMap<>();

  /**
   * What is asked.
   *
   * @param organisation whose answer it is
   * @param asked everything that it depends on beside the state
   * @param state of what it rests on, such as the seal of a ledger
   */
  record Question(String organisation, String asked, String state) {}

  /** A text in a format. */
  record Answer(String mediaType, String text) {
    static Answer json(String text) {
      return new Answer("application/json", text);
    }
  }

  /**
   * Sends the answer, or 202 where it is not there yet.
   *
   * @throws Exception what computing it throws
   */
  void send(
      ServerRequest request, ServerResponse response, Question question, Callable<Answer> compute)
      throws Exception {
    String tag = Integer.toHexString(question.hashCode()) + "-" + question.state();
    if (EntityTag.isKnown(request, response, tag)) {
      return;
    }
    Future<Answer> future = future(question, compute);
    try {
      Answer answer = future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      response
          .header(HeaderNames.CONTENT_TYPE, answer.mediaType())
          .send(answer.text().getBytes(StandardCharsets.UTF_8));
    } catch (TimeoutException later) {
      response.headers().remove(HeaderNames.ETAG);
      response
          .status(Status.ACCEPTED_202)
          .header(HeaderNames.LOCATION, here(request))
          .header(HeaderNames.RETRY_AFTER, AGAIN_AFTER_S);
      Json.send(response, json -> json.writeStringProperty("state", "computing"));
    } catch (ExecutionException failed) {
      forget(question);
      throw failed.getCause() instanceof Exception known ? known : failed;
    }
  }

  private static String here(ServerRequest request) {
    String query = request.query().rawValue();
    return request.path().path() + (query.isEmpty() ? "" : "?" + query);
  }

  private synchronized Future<Answer> future(Question question, Callable<Answer> compute) {
    Future<Answer> known = answers.get(question);
    if (known == null) {
      known = worker.submit(compute);
      answers.put(question, known);
      if (answers.size() > MOST_KEPT) {
        Iterator<Future<Answer>> oldest = answers.values().iterator();
        oldest.next().cancel(false);
        oldest.remove();
      }
    }
    return known;
  }

  private synchronized void forget(Question question) {
    answers.remove(question);
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
