package io.gtrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class TrendCommandTest {
  private static final String POSTS =
      "date,posts\n2025-03-30,1000\n2025-03-31,2000\n2025-04-01,4000\n2025-04-02,1000\n";
  private static final String ANCHOR = "2025-03-30..2025-04-03=8e6[7e6..9e6]:images";

  @TempDir Path folder;

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void anAnchoredTrendIsPricedWithTheIntervalsOfVolumeAndCard() throws IOException {
    Outcome outcome =
        Outcome.of(
            "trend",
            file("p.csv", POSTS),
            "--anchor",
            ANCHOR,
            "--outputs-per-user",
            "2[1..4]",
            "--activity",
            "image",
            "--model",
            "gpt-image-1",
            "--region",
            "US",
            "--format",
            "json");
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.DONE);
    JsonNode json = outcome.json();
    assertThat(json.get("total").get("median").asDouble()).isBetween(7e6, 9e6);
    assertThat(json.get("series")).hasSize(4);
    JsonNode outputs = json.get("outputs");
    assertThat(outputs.get("median").asDouble()).isBetween(14e6, 18e6);
    assertThat(outputs.get("high").asDouble() / outputs.get("low").asDouble()).isGreaterThan(3.5);
    JsonNode energy = json.get("footprint").get("energyKwh");
    assertThat(energy.get("high").asDouble() / energy.get("low").asDouble())
        .isGreaterThan(outputs.get("high").asDouble() / outputs.get("low").asDouble());
  }

  @Test
  void badCellsAreToldAndTheRestIsUsed() throws IOException {
    Outcome outcome =
        Outcome.of("trend", file("p.csv", POSTS + "2025-04-03,many\n"), "--format", "csv");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.SOME_REFUSED);
    assertThat(outcome.err()).contains("line 6", "posts", "'many'");
    assertThat(outcome.out().lines()).hasSize(5);
  }

  @Test
  void wrongUseIsSaidInOneLine() throws IOException {
    String posts = file("p.csv", POSTS);
    for (String[] wrong :
        new String[][] {
          {"trend", posts, "--anchor", "700e6"},
          {"trend", posts, "--zone", "Moon"},
          {"trend", posts, "--signal", "likes"},
          {"trend", posts, "--activity", "image"},
          {"trend", posts, "--outputs-per-user", "few"},
          {"trend", folder + "/none.csv"},
          {"trend", posts, "--out", posts}
        }) {
      Outcome outcome = Outcome.of(wrong);
      assertThat(outcome.exitCode()).as(String.join(" ", wrong)).isEqualTo(ExitCode.WRONG_USAGE);
      assertThat(outcome.err().lines()).hasSizeLessThan(3);
      assertThat(outcome.err()).doesNotContain("Exception");
    }
  }

  @Test
  void thePageIsWrittenAndNamesCannotRunInIt() throws IOException {
    Path page = folder.resolve("trend.html");
    String posts = file("p.csv", POSTS.replace(",posts", ",</script><script>alert(1)</script>"));
    Outcome outcome = Outcome.of("trend", posts, "--anchor", ANCHOR, "--out", page.toString());
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.DONE);
    assertThat(page).content().contains("chart-volume", "</html>").doesNotContain("<script>alert");
  }
}
