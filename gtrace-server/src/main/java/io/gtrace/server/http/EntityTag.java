package io.gtrace.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.stream.Stream;

/** Tells whoever has an answer already that it is still the same. */
public final class EntityTag {
  private EntityTag() {}

  /**
   * Names the state that an answer is of.
   *
   * @param state the same as long as the answer is; letters, digits and signs but quotes
   * @return whether the caller has that answer and was told so: then nothing else is to be sent
   */
  public static boolean isKnown(ServerRequest request, ServerResponse response, String state) {
    String tag = '"' + state + '"';
    response.header(HeaderNames.ETAG, tag).header(HeaderNames.CACHE_CONTROL, "private, no-cache");
    boolean known =
        request.headers().first(HeaderNames.IF_NONE_MATCH).stream()
            .flatMap(tags -> Stream.of(tags.split(",", -1)))
            .map(each -> each.strip().replaceFirst("^W/", ""))
            .anyMatch(each -> each.equals(tag) || each.equals("*"));
    if (known) {
      response.status(Status.NOT_MODIFIED_304).send();
    }
    return known;
  }
}
