package io.gtrace.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gtrace.app.Main;
import io.gtrace.packaging.CommandPage.CommandOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Completions and manual pages know every command and every option. */
class CommandTextsTest {
  private static final List<CommandPage> PAGES = CommandPage.all(Main.commandLine());
  private static final Map<String, String> COMPLETIONS =
      new Completions(Main.commandLine()).byPlace();
  private static final Map<String, String> MANUAL =
      new ManualPages("1.2.3", Instant.parse("2026-11-01T00:00:00Z")).of(PAGES);

  @TempDir Path folder;

  private static String manual(CommandPage page) {
    return MANUAL.getOrDefault(page.qualifiedName("-") + ".1", "");
  }

  private static List<String> names(CommandPage page) {
    return page.options().stream().flatMap(option -> option.names().stream()).toList();
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
  }

  /** What a shell prints when it runs a script. */
  private String printedBy(String shell, String... words) throws IOException {
    Path script = folder.resolve("script");
    Files.writeString(script, String.join("\n", words) + "\n");
    return Tool.output(shell, script.toString());
  }

  private Path completion(String place) throws IOException {
    Path file = folder.resolve("completion");
    Files.writeString(file, COMPLETIONS.getOrDefault(place, ""));
    return file;
  }

  @Test
  void allCommandsAreThere() {
    assertThat(PAGES)
        .extracting(page -> page.qualifiedName(" "))
        .contains("gtrace", "gtrace estimate text", "gtrace ledger verify", "gtrace study run")
        .hasSizeGreaterThan(50)
        .doesNotHaveDuplicates();
    assertThat(MANUAL).hasSameSizeAs(PAGES);
  }

  @Test
  void theManualHasEveryCommandAndOption() {
    for (CommandPage page : PAGES) {
      String text = manual(page).replace("\\-", "-");
      assertThat(text).as(page.qualifiedName(" ")).contains(page.summary());
      assertThat(names(page)).allSatisfy(name -> assertThat(text).contains("\\fB" + name + "\\fR"));
      assertThat(page.subcommands().keySet())
          .allSatisfy(name -> {
            assertThat(text).contains(".B " + name + "\n");
            assertThat(MANUAL).containsKey(page.qualifiedName("-") + "-" + name + ".1");
          });
    }
  }

  @Test
  void theManualIsReadWithoutAWarning() throws IOException {
    assumeTrue(isInstalled("groff"), "no groff here");
    for (Map.Entry<String, String> page : MANUAL.entrySet()) {
      Path file = Files.writeString(folder.resolve(page.getKey()), page.getValue());
      assertThat(Tool.output("groff", "-man", "-Tutf8", "-ww", "-z", file.toString()))
          .as(page.getKey())
          .isEmpty();
    }
    assertThat(
            Tool.output("groff", "-man", "-Tascii", "-P-cbou", folder + "/gtrace-estimate-text.1"))
        .contains("gtrace-estimate-text - ", "--input-tokens");
  }

  @Test
  void bashCompletesEveryCommandAndOption() throws IOException {
    Path script = completion("bash-completion/completions/gtrace");
    for (CommandPage page : PAGES) {
      if (page.qualifiedName(" ").equals("gtrace help")) {
        continue;
      }
      String words = page.qualifiedName(" ");
      int at = page.path().size() + 1;
      String offered =
          printedBy(
              "bash",
              ". " + script,
              "COMP_WORDS=(" + words + " -) COMP_CWORD=" + at,
              "_complete_gtrace",
              "printf '%s\\n' \"${COMPREPLY[@]}\"",
              "COMP_WORDS=(" + words + " '') COMP_CWORD=" + at,
              "_complete_gtrace",
              "printf '%s\\n' \"${COMPREPLY[@]}\"");
      assertThat(offered.lines()).as(words).containsAll(names(page));
      assertThat(offered.lines()).as(words).containsAll(page.subcommands().keySet());
    }
  }

  @Test
  void fishKnowsEveryCommandAndOption() {
    List<String> lines =
        COMPLETIONS.getOrDefault("fish/vendor_completions.d/gtrace.fish", "").lines().toList();
    for (CommandPage page : PAGES) {
      String at = "complete -c gtrace -n '__gtrace_at \\'" + String.join(" ", page.path()) + "\\''";
      List<String> here = lines.stream().filter(line -> line.startsWith(at)).toList();
      for (String name : names(page)) {
        String option =
            (name.startsWith("--") ? " -l " : " -s ") + name.replaceFirst("^--?", "") + " ";
        assertThat(here).as(page + name).anyMatch(line -> line.contains(option));
      }
      assertThat(page.subcommands().keySet())
          .allSatisfy(
              name -> assertThat(here).anyMatch(line -> line.contains(" -a " + name + " ")));
    }
  }

  @Test
  void fishCompletesIfItIsInstalled() throws IOException {
    assumeTrue(isInstalled("fish"), "no fish here");
    Path script = completion("fish/vendor_completions.d/gtrace.fish");
    assertThat(
            printedBy(
                "fish",
                "source " + script,
                "complete -C 'gtrace ledger '",
                "complete -C 'gtrace estimate text --inp'"))
        .contains("verify\t", "--input-tokens");
  }

  @Test
  void zshKnowsEveryCommandAndOption() {
    String script = COMPLETIONS.getOrDefault("zsh/site-functions/_gtrace", "");
    for (CommandPage page : PAGES) {
      String start = "\n    ('" + String.join(" ", page.path()) + "')\n";
      assertThat(script).contains(start);
      String from = script.substring(script.indexOf(start));
      String here = from.substring(0, from.indexOf(" ;;\n"));
      assertThat(names(page)).allSatisfy(name -> assertThat(here).contains("'*" + name + "["));
      assertThat(page.subcommands().keySet())
          .allSatisfy(name -> assertThat(here).contains(name + "\\:"));
    }
  }

  @Test
  void zshReadsItsScriptIfItIsInstalled() throws IOException {
    assumeTrue(isInstalled("zsh"), "no zsh here");
    Path script = completion("zsh/site-functions/_gtrace");
    assertThat(Tool.output("zsh", "-n", script.toString())).isEmpty();
    // The real function is replaced by one that prints what it is asked to offer.
    assertThat(
            printedBy(
                "zsh",
                "_arguments() { print -l -- $CURRENT $words \"$@\" }",
                "words=(gtrace ledger --x verify --le) CURRENT=5",
                "source " + script))
        .startsWith("2\nverify\n--le\n")
        .contains("*--ledger[");
  }

  @Test
  void choicesAreOffered() {
    CommandOption format =
        PAGES.stream()
            .filter(page -> page.path().equals(List.of("gate")))
            .flatMap(page -> page.options().stream())
            .filter(option -> option.names().contains("--format"))
            .findFirst()
            .orElseThrow();
    assertThat(format.choices()).contains("text", "json");
  }
}
