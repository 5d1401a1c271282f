package io.gtrace.server.page;

import io.gtrace.report.PageFiles;
import io.gtrace.server.http.MadeOnce;
import io.gtrace.server.http.Packed;
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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The style sheets, scripts and pictures of all pages. Their address names a digest of all of them,
 * so that a browser may keep them for ever: another version has other addresses.
 */
final class StaticFiles implements HttpService {
  private static final int DIGEST_DIGITS = 16;
  private static final List<String> OWN =
      List.of(
          "dashboard.css",
          "dashboard.js",
          "now.js",
          "explore.js",
          "calculator.js",
          "ledger.js",
          "studies.js",
          "map.js",
          "icon.svg");

  /** Read when somebody looks at a page: a server that starts has more pressing things to do. */
  private final Supplier<Contents> contents = new MadeOnce<>(StaticFiles::read);

  /**
   * All files.
   *
   * @param digest of all of them
   */
  private record Contents(Map<String, Packed> files, String digest) {}

  private static Contents read() {
    Map<String, Packed> files = new TreeMap<>();
    PageFiles.names().forEach(name -> files.put(name, new Packed(PageFiles.bytes(name))));
    OWN.forEach(name -> files.put(name, new Packed(own(name))));
    return new Contents(files, digest(files));
  }

  private static byte[] own(String name) {
    try (InputStream in = StaticFiles.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the server was built without " + name);
      }
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String digest(Map<String, Packed> files) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      files.values().forEach(each -> sha256.update(each.plain()));
      return HexFormat.of().formatHex(sha256.digest()).substring(0, DIGEST_DIGITS);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Where a browser finds a file. */
  String address(String name) {
    Contents known = contents.get();
    if (!known.files().containsKey(name)) {
      throw new IllegalArgumentException("there is no file '" + name + "'");
    }
    return "/static/" + known.digest() + "/" + name;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get("/static/{digest}/{name}", this::answer);
  }

  private void answer(ServerRequest request, ServerResponse response) {
    Contents known = contents.get();
    Packed file = known.files().get(request.path().pathParameters().get("name"));
    if (file == null || !known.digest().equals(request.path().pathParameters().get("digest"))) {
      throw Problem.of(Status.NOT_FOUND_404, "there is no such file; load the page anew");
    }
    response
        .header(HeaderNames.CACHE_CONTROL, "public, max-age=31536000, immutable")
        .header(HeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");
    file.send(request, response, mediaType(request.path().pathParameters().get("name")));
  }

  private static String mediaType(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "css" -> "text/css; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "svg" -> "image/svg+xml";
      case "json" -> "application/json";
      default -> throw new IllegalStateException(name);
    };
  }
}
