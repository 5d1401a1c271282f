package io.gtrace.bench.docs;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parts of a Markdown document between the comments {@code <!-- begin NAME -->} and {@code <!-- end
 * NAME -->}, which a program writes; all else is left as it is.
 */
final class MarkedRegions {
  private static final Pattern BEGIN = Pattern.compile("<!-- begin ([a-z0-9-]+) -->\n");

  private MarkedRegions() {}

  /**
   * @param texts by region; each must be in the document exactly once
   * @throws IllegalArgumentException if a region has no text, no end or a second place, or a text
   *     no region
   */
  static String rewritten(String document, Map<String, String> texts) {
    Set<String> left = new LinkedHashSet<>(texts.keySet());
    StringBuilder rewritten = new StringBuilder();
    int from = 0;
    Matcher begin = BEGIN.matcher(document);
    while (begin.find(from)) {
      String name = begin.group(1);
      String text = Optional.ofNullable(texts.get(name)).orElseThrow(() -> unknown(name, texts));
      if (!left.remove(name)) {
        throw new IllegalArgumentException("the region '" + name + "' stands there twice");
      }
      int end = document.indexOf("<!-- end " + name + " -->", begin.end());
      if (end < 0) {
        throw new IllegalArgumentException("the region '" + name + "' has no end");
      }
      rewritten.append(document, from, begin.end()).append('\n').append(text).append('\n');
      from = end;
    }
    if (!left.isEmpty()) {
      throw new IllegalArgumentException("the document has no place for " + left);
    }
    return rewritten.append(document, from, document.length()).toString();
  }

  private static IllegalArgumentException unknown(String name, Map<String, String> texts) {
    return new IllegalArgumentException(
        "nothing is known for the region '" + name + "'; known are " + texts.keySet());
  }
}
