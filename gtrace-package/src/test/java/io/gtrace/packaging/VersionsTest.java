package io.gtrace.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is published fits together and says what a public repository asks for. */
class VersionsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern MODULE = Pattern.compile("<module>(.*)</module>");
  private static final Pattern MANAGED = Pattern.compile("<artifactId>(gtrace-.*)</artifactId>");
  private static final Pattern HOST = Pattern.compile("https://([^/<]*gtrace[^/<]*)");
  private static final Pattern VERSION = Pattern.compile("<version>(.*)</version>");

  private static String pom(String module) throws IOException {
    return Files.readString(ROOT.resolve(module).resolve("pom.xml"));
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult found) -> found.group(1)).toList();
  }

  @Test
  void theBillOfMaterialsHoldsEveryLibraryThatIsPublished() throws IOException {
    List<String> managed = found(MANAGED, pom("gtrace-bom"));
    for (String module : found(MODULE, pom("."))) {
      boolean published = !pom(module).contains("<maven.deploy.skip>true<");
      assertThat(managed.contains(module)).as(module).isEqualTo(published);
    }
  }

  @Test
  void theBillOfMaterialsHasTheVersionOfAllModules() throws IOException {
    assertThat(found(VERSION, pom("gtrace-bom")).get(0))
        .isEqualTo(found(VERSION, pom(".")).get(0))
        .isEqualTo(Release.built().version());
  }

  @Test
  void noHostIsClaimedThatDoesNotExist() throws IOException {
    for (String module : List.of(".", "gtrace-bom")) {
      assertThat(found(HOST, pom(module))).as(module).isNotEmpty().containsOnly("gtrace.invalid");
    }
  }

  @Test
  void everyModuleHasANameAndADescription() throws IOException {
    for (String module : found(MODULE, pom("."))) {
      assertThat(pom(module)).as(module).contains("<name>G-TRACE: ", "<description>");
    }
    assertThat(pom("."))
        .contains("<url>", "<licenses>", "<developers>", "<scm", "project.build.outputTimestamp");
  }
}
