package io.gtrace.server.access;

import io.gtrace.server.http.Body;
import io.gtrace.server.http.Problem;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The page where somebody gives a token once, so that their browser need not keep it. */
public final class Login implements HttpService {
  static final String PATH = "/login";

  private static final String STYLE = "/login.css";
  private static final int MOST_BYTES = 32 << 10;

  /** A path of this server, and nothing that means more in HTML. */
  private static final Pattern OWN_PATH = Pattern.compile("/(?!/)[A-Za-z0-9/_.~%=&?+-]{0,500}");

  private final Gatekeeper gatekeeper;

  public Login(Gatekeeper gatekeeper) {
    this.gatekeeper = gatekeeper;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get(PATH, this::show)
        .post(PATH, this::begin)
        .post("/logout", this::end)
        .get(
            STYLE,
            (request, response) ->
                response.header(HeaderNames.CONTENT_TYPE, "text/css").send(resource("login.css")));
  }

  /** Where a browser is sent that shows nothing. */
  static String address(ServerRequest request) {
    String path = request.prologue().uriPath().rawPath();
    return OWN_PATH.matcher(path).matches() && !path.equals("/") ? PATH + "?next=" + path : PATH;
  }

  private void show(ServerRequest request, ServerResponse response) {
    page(response, request.query().first("next").orElse("/"), "");
  }

  private void begin(ServerRequest request, ServerResponse response) {
    String form = new String(Body.of(request, MOST_BYTES), StandardCharsets.UTF_8);
    String next = ownPath(field(form, "next").orElse("/"));
    try {
      String id = gatekeeper.begin(field(form, "token").orElse("").strip(), request);
      response.headers().addCookie(SessionCookie.with(request, id, Sessions.LIFETIME));
      seeOther(response, next);
    } catch (Problem refused) {
      refused
          .retryAfter()
          .ifPresent(
              after -> response.header(HeaderNames.RETRY_AFTER, Long.toString(after.toSeconds())));
      page(response.status(refused.status()), next, refused.detail());
    }
  }

  private void end(ServerRequest request, ServerResponse response) {
    gatekeeper.end(request);
    response.headers().addCookie(SessionCookie.with(request, "", Duration.ZERO));
    seeOther(response, PATH);
  }

  static void seeOther(ServerResponse response, String path) {
    response.status(Status.SEE_OTHER_303).header(HeaderNames.LOCATION, path).send();
  }

  /** Sent on to another site, people would give their token there. */
  private static String ownPath(String path) {
    return OWN_PATH.matcher(path).matches() ? path : "/";
  }

  private static Optional<String> field(String form, String name) {
    return Stream.of(form.split("&"))
        .filter(each -> each.startsWith(name + "="))
        .map(each -> URLDecoder.decode(each.substring(name.length() + 1), StandardCharsets.UTF_8))
        .findFirst();
  }

  /**
   * @param message one of the server's own
   */
  private static void page(ServerResponse response, String next, String message) {
    String html =
        new String(resource("login.html"), StandardCharsets.UTF_8)
            .replace("{{next}}", ownPath(next).replace("&", "&amp;"))
            .replace("{{message}}", message.replace("&", "&amp;").replace("<", "&lt;"));
    response
        .header(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8")
        .send(html.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] resource(String name) {
    try (InputStream in = Login.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the application");
      }
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
