package io.gtrace.documentation;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Names the headings of one page as GitHub does, so that links work there and here: small letters,
 * hyphens for blanks, no punctuation, a number where a name is there already.
 */
final class Anchors {
  private final Map<String, Integer> taken = new HashMap<>();

  String of(String heading) {
    String plain =
        heading
            .toLowerCase(Locale.ROOT)
            .strip()
            .replaceAll("[^\\p{L}\\p{M}\\p{N}\\p{Pc} -]", "")
            .replace(' ', '-');
    int before = taken.merge(plain, 1, Integer::sum) - 1;
    return before == 0 ? plain : plain + "-" + before;
  }
}
