package io.gtrace.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A text file that goes into every page as it is.
 *
 * @param text its content
 * @param digest how a content security policy names it
 */
record PageText(String text, String digest) {
  static final PageText STYLE = load("report.css");
  static final PageText SCRIPT = script("charts.js", "report.js");
  static final PageText WORLD = load("world.geo.json");
  static final PageText CHART_SCRIPT = load("echarts/dist/echarts.min.js");

  /** The script of one page, after what the scripts of all pages share. */
  static PageText script(String... names) {
    return load(Stream.concat(Stream.of("pictures.js"), Stream.of(names)).toArray(String[]::new));
  }

  /** A content security policy: nothing is loaded, and no script runs but these. */
  static String policy(PageText... scripts) {
    String allowed =
        scripts.length == 0
            ? "'none'"
            : Stream.of(scripts).map(PageText::digest).collect(Collectors.joining(" "));
    return "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src " + allowed;
  }

  /** A text as it is. */
  static PageText load(String... names) {
    String text = Stream.of(names).map(PageText::read).collect(Collectors.joining());
    return new PageText(text, digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String read(String name) {
    try (InputStream in = PageText.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the report module was built without " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
