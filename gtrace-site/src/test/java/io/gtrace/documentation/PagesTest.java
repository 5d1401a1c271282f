package io.gtrace.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gtrace.app.Main;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What holds of every page that the build has written. */
class PagesTest {
  private static final Map<String, Set<String>> IDS = new HashMap<>();

  @TempDir Path folder;

  static List<String> pages() {
    return BuiltSite.pages();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void aPageHasATitleAndOneMainHeading(String path) {
    Document page = BuiltSite.page(path);
    assertThat(page.title()).contains("G-TRACE").hasSizeGreaterThan("G-TRACE".length() + 3);
    assertThat(page.select("h1")).hasSize(1);
    assertThat(page.select("html").attr("lang")).isEqualTo("en");
    assertThat(page.select("meta[name=description]").attr("content")).isNotBlank();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkLeadsToAPageOrFileAndToAnAnchorOnIt(String path) {
    List<String> broken = new ArrayList<>();
    for (Element link : BuiltSite.page(path).select("a[href], img[src], link[href], script[src]")) {
      String address = link.hasAttr("href") ? link.attr("href") : link.attr("src");
      if (!LinkTargets.isElsewhere(address) && !leadsSomewhere(path, address)) {
        broken.add(address);
      }
    }
    assertThat(broken).isEmpty();
  }

  private static boolean leadsSomewhere(String from, String address) {
    String[] parts = address.split("#", 2);
    Path target = Path.of(from).resolveSibling(parts[0]).normalize();
    String path = parts[0].isEmpty() ? from : target.toString().replace('\\', '/');
    if (!Files.isRegularFile(BuiltSite.FOLDER.resolve(path))) {
      return false;
    }
    return parts.length == 1
        || ids(path).contains(URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
  }

  private static Set<String> ids(String path) {
    return IDS.computeIfAbsent(
        path,
        each ->
            BuiltSite.page(each).select("[id]").stream()
                .map(Element::id)
                .collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void noIdIsThereTwice(String path) {
    assertThat(BuiltSite.page(path).select("[id]").eachAttr("id")).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void nothingIsLoadedFromElsewhere(String path) {
    Document page = BuiltSite.page(path);
    assertThat(page.select("link[href], script[src], img[src], [srcset], iframe, object, embed"))
        .allSatisfy(each -> {
          String address = each.hasAttr("href") ? each.attr("href") : each.attr("src");
          assertThat(address).doesNotMatch("([a-z]+:)?//.*").isNotEmpty();
        });
    assertThat(page.select("script:not([src]), style, [style], [onclick], [onload]")).isEmpty();
  }

  @Test
  void theStyleSheetLoadsNothing() {
    assertThat(TextFile.read(BuiltSite.FOLDER.resolve("assets/site.css")))
        .doesNotContain("url(", "@import");
  }

  @Test
  void everyDocumentHasItsPlaceInTheNavigation() throws IOException {
    List<String> named =
        Navigation.read(BuiltSite.DOCS.resolve("navigation.yaml")).groups().stream()
            .flatMap(group -> group.pages().stream())
            .toList();
    assertThat(named).doesNotHaveDuplicates();
    try (Stream<Path> docs = Files.list(BuiltSite.DOCS)) {
      assertThat(
              docs.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".md")))
          .as("a new document needs a line in docs/navigation.yaml")
          .isSubsetOf(named);
    }
  }

  @Test
  void everyCommandAndOptionIsDescribed() {
    Main.commandLine()
        .getSubcommands()
        .forEach((name, command) -> {
          if (!name.equals("help")) {
            Document page = BuiltSite.page("cli/" + name + ".html");
            requireOptions(command, page);
            assertThat(page.select(".typed").eachText())
                .as("examples of " + name)
                .allMatch(line -> line.startsWith("gtrace " + name));
          }
        });
  }

  private static void requireOptions(CommandLine command, Document page) {
    List<String> described = page.select("dl.options dt code").eachText();
    command.getCommandSpec().options().stream()
        .filter(option -> !option.hidden() && !option.usageHelp() && !option.versionHelp())
        .forEach(option -> assertThat(described).contains(option.names()));
    command
        .getSubcommands()
        .forEach((name, below) -> {
          assertThat(page.select("h2").eachText())
              .contains(below.getCommandSpec().qualifiedName(" "));
          requireOptions(below, page);
        });
  }

  @Test
  void exitCodesAreThoseOfTheCommandLine() {
    List<String> codes =
        BuiltSite.page("cli/index.html").select("#exit-codes ~ *, table td code").eachText();
    assertThat(codes)
        .containsAll(Main.commandLine().getCommandSpec().usageMessage().exitCodeList().keySet());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# One\n\n[away](missing.md)\n",
        "# One\n\n[out](../../secret.txt)\n",
        "## No first heading\n",
        "# One\n\n# Two\n",
        "# One\n\n<script>alert(1)</script>\n"
      })
  void aPageThatIsWrongIsNamed(String markdown) throws IOException {
    Path docs = Files.createDirectories(folder.resolve("docs"));
    Files.writeString(docs.resolve("page.md"), markdown);
    LinkTargets targets =
        new LinkTargets(folder.toAbsolutePath().normalize(), Map.of("docs/page.md", "page.html"));
    MarkdownReader reader = new MarkdownReader(targets, new CommandNames(Main.commandLine()));
    assertThatThrownBy(() -> reader.page("docs/page.md", "page.html", markdown))
        .isInstanceOf(SiteException.class)
        .hasMessageStartingWith("docs/page.md: ");
  }
}
