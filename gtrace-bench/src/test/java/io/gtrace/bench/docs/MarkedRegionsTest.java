package io.gtrace.bench.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MarkedRegionsTest {
  private static final String DOCUMENT =
      "Before.\n\n<!-- begin a -->\nold\n<!-- end a -->\n\nAfter <!-- a comment -->.\n";

  @Test
  void onlyWhatIsMarkedChanges() {
    String rewritten = MarkedRegions.rewritten(DOCUMENT, Map.of("a", "new\n"));
    assertThat(rewritten)
        .isEqualTo(
            "Before.\n\n<!-- begin a -->\n\nnew\n\n<!-- end a -->\n\nAfter <!-- a comment -->.\n");
    assertThat(MarkedRegions.rewritten(rewritten, Map.of("a", "new\n"))).isEqualTo(rewritten);
  }

  @Test
  void textsAndPlacesMustBelongTogether() {
    assertThatThrownBy(() -> MarkedRegions.rewritten(DOCUMENT, Map.of("b", "")))
        .hasMessageContaining("region 'a'")
        .hasMessageContaining("[b]");
    assertThatThrownBy(() -> MarkedRegions.rewritten(DOCUMENT, Map.of("a", "", "b", "")))
        .hasMessageContaining("no place for [b]");
    assertThatThrownBy(() -> MarkedRegions.rewritten(DOCUMENT + DOCUMENT, Map.of("a", "")))
        .hasMessageContaining("twice");
    assertThatThrownBy(() -> MarkedRegions.rewritten("<!-- begin a -->\n", Map.of("a", "")))
        .hasMessageContaining("no end");
  }
}
