package io.gtrace.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A text file that goes into every page as it is.
 *
 * @param text its content
 * @param digest how a content security policy names it
 */
record PageText(String text, String digest) {
  static final PageText STYLE = load("report.css");
  static final PageText SCRIPT = load("report.js");
  static final PageText WORLD = load("world.geo.json");
  static final PageText CHART_SCRIPT = load("echarts/dist/echarts.min.js");

  static PageText load(String name) {
    try (InputStream in = PageText.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the report module was built without " + name);
      }
      byte[] bytes = in.readAllBytes();
      return new PageText(new String(bytes, StandardCharsets.UTF_8), digest(bytes));
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
