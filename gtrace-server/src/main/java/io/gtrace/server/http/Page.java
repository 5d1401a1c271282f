package io.gtrace.server.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;

/**
 * A part of a list.
 *
 * @param items of it, in their order
 * @param next where the list goes on; empty at its end
 */
public record Page<T>(List<T> items, Optional<String> next) {
  /** How many items there are where nobody says otherwise. */
  public static final int USUAL = 100;

  private static final int MOST = 1_000;
  private static final String LIMIT = "limit";
  private static final String CURSOR = "cursor";
  private static final HeaderName LINK = HeaderNames.create("Link");
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})-(\\w+)");
  private static final int STATE_LENGTH = 12;

  public Page {
    items = List.copyOf(items);
  }

  /**
   * The part that is asked for by {@code limit} and {@code cursor}.
   *
   * @param state of what the list is made of: a cursor of another one is refused, since it would
   *     leave items out or give them twice
   */
  public static <T> Page<T> of(List<T> all, Parameters asked, String state) {
    int limit = asked.whole(LIMIT, 1, MOST).map(Math::toIntExact).orElse(USUAL);
    String mark = mark(state);
    int from = asked.text(CURSOR).map(cursor -> offset(cursor, mark)).orElse(0);
    int begin = Math.min(from, all.size());
    int end = Math.min(begin + limit, all.size());
    return new Page<>(
        all.subList(begin, end),
        end < all.size() ? Optional.of(end + "-" + mark) : Optional.empty());
  }

  private static String mark(String state) {
    String signs = state.replaceAll("^.*:", "").replaceAll("\\W", "");
    return signs.isEmpty() ? "0" : signs.substring(0, Math.min(STATE_LENGTH, signs.length()));
  }

  private static int offset(String cursor, String mark) {
    Matcher matcher = FORM.matcher(cursor);
    if (!matcher.matches()) {
      throw Problem.of(Status.BAD_REQUEST_400, CURSOR + " must be one that an answer gave as next");
    }
    if (!matcher.group(2).equals(mark)) {
      throw Problem.of(
          Status.GONE_410, "the list has changed since that " + CURSOR + "; begin without one");
    }
    return Integer.parseInt(matcher.group(1));
  }

  /** Writes it into an object that is open, as a list of that name and {@code next}. */
  public void write(JsonGenerator json, String name, BiConsumer<JsonGenerator, T> item) {
    json.writeArrayPropertyStart(name);
    items.forEach(each -> item.accept(json, each));
    json.writeEndArray();
    if (next.isPresent()) {
      json.writeStringProperty("next", next.get());
    } else {
      json.writeNullProperty("next");
    }
  }

  /** Tells where the list goes on in the head of the answer, too (RFC 8288). */
  public void link(ServerRequest request, ServerResponse response) {
    next.ifPresent(cursor -> {
      StringBuilder query = new StringBuilder();
      for (String name : request.query().names()) {
        if (!name.equals(CURSOR)) {
          query.append(name).append('=').append(request.query().getRaw(name)).append('&');
        }
      }
      response.header(
          LINK,
          "<" + request.path().path() + "?" + query + CURSOR + "=" + cursor + ">; rel=\"next\"");
    });
  }
}
