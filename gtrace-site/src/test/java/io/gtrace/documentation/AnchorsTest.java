package io.gtrace.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnchorsTest {
  @Test
  void headingsAreNamedAsGitHubNamesThem() {
    Anchors anchors = new Anchors();
    assertThat(anchors.of("Formats that are known")).isEqualTo("formats-that-are-known");
    assertThat(anchors.of("ghibli-2025 beside the paper"))
        .isEqualTo("ghibli-2025-beside-the-paper");
    assertThat(anchors.of("decentralised: who should run where"))
        .isEqualTo("decentralised-who-should-run-where");
    assertThat(anchors.of("3. Run the tests")).isEqualTo("3-run-the-tests");
    assertThat(anchors.of("output_tokens, Größe")).isEqualTo("output_tokens-größe");
  }

  @Test
  void aNameThatIsThereAlreadyGetsANumber() {
    Anchors anchors = new Anchors();
    assertThat(anchors.of("Options")).isEqualTo("options");
    assertThat(anchors.of("Options")).isEqualTo("options-1");
    assertThat(anchors.of("Options")).isEqualTo("options-2");
  }
}
