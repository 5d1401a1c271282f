package io.gtrace.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** The methods that one path answers; whoever tries another is told which those are. */
public final class Methods {
  private final HttpRules rules;
  private final String path;
  private final List<String> allowed = new ArrayList<>();

  private Methods(HttpRules rules, String path) {
    this.rules = rules;
    this.path = path;
  }

  public static Methods at(HttpRules rules, String path) {
    return new Methods(rules, path);
  }

  /** Answers GET, and HEAD with the same but the body. */
  public Methods get(Handler handler) {
    rules.get(path, handler);
    rules.head(
        path,
        (request, response) -> {
          // The server would send a body, which a client would take for the next answer.
          response.streamFilter(body -> OutputStream.nullOutputStream());
          handler.handle(request, response);
        });
    allowed.add(Method.GET.text());
    allowed.add(Method.HEAD.text());
    return this;
  }

  public Methods post(Handler handler) {
    rules.post(path, handler);
    allowed.add(Method.POST.text());
    return this;
  }

  public Methods delete(Handler handler) {
    rules.delete(path, handler);
    allowed.add(Method.DELETE.text());
    return this;
  }

  /** To be called last: refuses all others. */
  public void only() {
    String methods = String.join(", ", allowed);
    rules.any(
        path,
        (request, response) -> {
          response.header(HeaderNames.ALLOW, methods);
          throw Problem.of(
              Status.METHOD_NOT_ALLOWED_405,
              request.prologue().method().text() + " is not answered here, but " + methods);
        });
  }
}
