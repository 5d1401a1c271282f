package io.gtrace.server.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.gtrace.server.http.Packed;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Answers with pages, which may load only what this server gives and run no script of their own.
 */
final class Html {
  /** No script or style stands in a page, and nothing comes from elsewhere. */
  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private static final int USUAL_LENGTH = 64 << 10;
  private static final HeaderName CONTENT_SECURITY_POLICY =
      HeaderNames.create("Content-Security-Policy");
  private static final HeaderName REFERRER_POLICY = HeaderNames.create("Referrer-Policy");
  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Html.class.getClassLoader(), "io.gtrace.server.page");

  private Html() {}

  /** Writes a page. */
  static Packed of(Frame frame) {
    StringOutput text = new StringOutput(USUAL_LENGTH);
    TEMPLATES.render(frame.view().template(), Map.of("frame", frame, "page", frame.view()), text);
    return new Packed(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  static void send(ServerRequest request, ServerResponse response, Status status, Packed page) {
    response
        .status(status)
        .header(CONTENT_SECURITY_POLICY, POLICY)
        .header(REFERRER_POLICY, "same-origin")
        .header(HeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(HeaderNames.CACHE_CONTROL, "no-store");
    page.send(request, response, "text/html; charset=utf-8");
  }
}
