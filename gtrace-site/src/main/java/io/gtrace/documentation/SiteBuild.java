package io.gtrace.documentation;

import io.gtrace.app.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * Builds the site.
 *
 * <p>Every Markdown file of {@code docs}, the README and the change log become a page each, whether
 * the navigation names them or not; every command of the command line has a page too.
 */
public final class SiteBuild {
  static final String HOME = "index.html";
  static final String COMMANDS_FOLDER = "cli/";
  static final String COMMANDS_INDEX = COMMANDS_FOLDER + "index.html";
  private static final String SEARCH_INDEX = "assets/search-index.js";
  private static final String DOCS = "docs";
  private static final String CHANGES = "CHANGELOG.md";
  private static final String README = "README.md";
  private static final String README_PAGE = "readme.html";

  private final Path project;
  private final Path site;
  private final CommandLine commandLine = Main.commandLine();

  private SiteBuild(Path project, Path site) {
    this.project = project.toAbsolutePath().normalize();
    this.site = site;
  }

  /**
   * Writes the site.
   *
   * @param args the root of the project, and the folder that the site goes to
   */
  public static void main(String[] args) {
    if (args.length != 2) {
      throw new IllegalArgumentException("wanted: the root of the project, and a folder");
    }
    try {
      new SiteBuild(Path.of(args[0]), Path.of(args[1])).build();
    } catch (SiteException wrong) {
      System.err.println("site: " + wrong.getMessage());
      System.exit(1);
    }
  }

  private void build() {
    Map<String, String> paths = paths();
    LinkTargets targets = new LinkTargets(project, paths);
    Map<String, SitePage> pages = new LinkedHashMap<>();
    MarkdownReader reader = new MarkdownReader(targets, new CommandNames(commandLine));
    paths.forEach((file, path) ->
        pages.put(file, reader.page(file, path, TextFile.read(project.resolve(file)))));
    List<SitePage> commands =
        new CommandPages(CommandDescription.of(commandLine, List.of())).pages();
    removeEarlierSite();
    write(pages, commands, copies(targets));
  }

  /** Pages whose documents are gone must not stay; any other folder is left as it is. */
  private void removeEarlierSite() {
    if (!Files.exists(site.resolve(SEARCH_INDEX))) {
      return;
    }
    try (Stream<Path> files = Files.walk(site)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException undeletable) {
      throw new UncheckedIOException(undeletable);
    }
  }

  /** The path on the site of every Markdown file, by its path in the project. */
  private Map<String, String> paths() {
    Map<String, String> paths = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(project.resolve(DOCS))) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".md"))
          .sorted()
          .forEach(
              name -> paths.put(DOCS + "/" + name, name.substring(0, name.length() - 3) + ".html"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    paths.put(CHANGES, "changes.html");
    paths.put(README, README_PAGE);
    return paths;
  }

  private void write(Map<String, SitePage> pages, List<SitePage> commands, List<SitePage> folders) {
    List<Frame.Group> groups = new ArrayList<>();
    for (Navigation.Group group :
        Navigation.read(project.resolve(DOCS).resolve("navigation.yaml")).groups()) {
      groups.add(
          new Frame.Group(
              group.title(),
              group.about(),
              group.pages().stream().map(name -> entry(name, pages, commands)).toList()));
    }
    List<Frame.Entry> commandEntries = commands.stream().skip(1).map(Frame.Entry::of).toList();
    List<Frame.Entry> order = order(groups, commandEntries);
    SitePage home = home(groups);
    List<SitePage> all =
        Stream.of(Stream.of(home), pages.values().stream(), commands.stream(), folders.stream())
            .flatMap(each -> each)
            .toList();
    for (SitePage page : all) {
      int at = order.indexOf(Frame.Entry.of(page));
      Frame frame =
          new Frame(
              page,
              version(),
              groups,
              commandEntries,
              at > 0 ? order.get(at - 1) : null,
              at >= 0 && at < order.size() - 1 ? order.get(at + 1) : null);
      TextFile.write(site.resolve(page.path()), Html.of("frame.jte", Map.of("frame", frame)));
    }
    // What the README says in short is found where it is said in full.
    writeAssets(
        SearchIndex.script(all.stream().filter(page -> !page.path().equals(README_PAGE)).toList()));
  }

  private static Frame.Entry entry(
      String name, Map<String, SitePage> pages, List<SitePage> commands) {
    SitePage page =
        name.equals(Navigation.COMMANDS)
            ? commands.get(0)
            : pages.get(name.equals(CHANGES) ? name : DOCS + "/" + name);
    if (page == null) {
      throw new SiteException("docs/navigation.yaml names " + name + ", which is not there");
    }
    return Frame.Entry.of(page);
  }

  /** All entries as one walks through them. */
  private static List<Frame.Entry> order(
      List<Frame.Group> groups, List<Frame.Entry> commandEntries) {
    List<Frame.Entry> order = new ArrayList<>();
    for (Frame.Group group : groups) {
      for (Frame.Entry entry : group.entries()) {
        order.add(entry);
        if (entry.path().equals(COMMANDS_INDEX)) {
          order.addAll(commandEntries);
        }
      }
    }
    return order;
  }

  private SitePage home(List<Frame.Group> groups) {
    Home home = Home.of(TextFile.read(project.resolve(README)));
    String body = Html.of("home.jte", Map.of("home", home, "groups", groups));
    return new SitePage(
        HOME,
        home.title(),
        home.about(),
        List.of(new Heading(1, home.title(), "")),
        body,
        List.of(new Section(home.title(), "", home.about())));
  }

  /** Copies what pages link to, and lists the folders among it. */
  private List<SitePage> copies(LinkTargets targets) {
    List<SitePage> folders = new ArrayList<>();
    for (String path : targets.copied()) {
      Path from = project.resolve(path);
      if (Files.isDirectory(from)) {
        List<FolderFile> files = new ArrayList<>();
        for (Path file : filesOf(from)) {
          copy(path + "/" + file.getFileName());
          files.add(FolderFile.of(file));
        }
        folders.add(folder(path, files));
      } else {
        copy(path);
      }
    }
    return folders;
  }

  private static List<Path> filesOf(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static SitePage folder(String path, List<FolderFile> files) {
    String title = path.substring(path.lastIndexOf('/') + 1);
    return new SitePage(
        LinkTargets.copy(path) + "/" + HOME,
        title,
        "Files of " + path + ".",
        List.of(new Heading(1, title, "")),
        Html.of("folder.jte", Map.of("path", path, "title", title, "files", files)),
        List.of());
  }

  private void copy(String path) {
    Path to = site.resolve(LinkTargets.copy(path));
    try {
      Files.createDirectories(to.toAbsolutePath().getParent());
      Files.copy(project.resolve(path), to, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  private void writeAssets(String searchIndex) {
    Map<String, String> assets = new HashMap<>();
    assets.put("site.css", Resource.text("site.css"));
    assets.put("theme.js", Resource.text("theme.js"));
    assets.put("site.js", Resource.text("site.js"));
    assets.put("icon.svg", Resource.text("icon.svg"));
    assets.put("lunr.js", Resource.text("lunr/lunr.min.js"));
    assets.put("lunr-licence.txt", Resource.text("lunr/LICENSE"));
    assets.put("katex.js", Resource.text("katex/dist/katex.min.js"));
    assets.put("katex-licence.txt", Resource.text("katex/LICENSE"));
    assets.forEach((name, text) -> TextFile.write(site.resolve("assets").resolve(name), text));
    TextFile.write(site.resolve(SEARCH_INDEX), searchIndex);
  }

  private static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "" : version;
  }
}
