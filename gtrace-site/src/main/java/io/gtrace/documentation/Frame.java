package io.gtrace.documentation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page with what surrounds it, as templates ask for it.
 *
 * @param before the page that comes before in the navigation
 * @param after the page that comes after
 */
record Frame(
    SitePage page,
    String version,
    List<Group> groups,
    List<Entry> commands,
    @Nullable Entry before,
    @Nullable Entry after) {

  /** A page in the navigation. */
  record Entry(String path, String title, String summary) {
    static Entry of(SitePage page) {
      return new Entry(page.path(), page.title(), page.summary());
    }
  }

  /** Pages that belong together. */
  record Group(String title, String about, List<Entry> entries) {}

  /** The address of a path on the site, seen from this page. */
  String to(String path) {
    return page.root() + path;
  }

  /** What the attribute {@code aria-current} of a link to an entry is. */
  @Nullable String current(Entry entry) {
    return entry.path().equals(page.path()) ? "page" : null;
  }

  boolean isHome() {
    return page.path().equals(SiteBuild.HOME);
  }

  boolean isOfCommands() {
    return page.path().startsWith(SiteBuild.COMMANDS_FOLDER);
  }

  /** The group of this page; empty if it has none. */
  String group() {
    return groups.stream()
        .filter(each ->
            each.entries().stream().anyMatch(entry -> entry.path().equals(page.path()))
                || (isOfCommands() && each.entries().contains(commandsEntry())))
        .map(Group::title)
        .findFirst()
        .orElse("");
  }

  boolean isCommands(Entry entry) {
    return entry.path().equals(SiteBuild.COMMANDS_INDEX);
  }

  private Entry commandsEntry() {
    return groups.stream()
        .flatMap(each -> each.entries().stream())
        .filter(this::isCommands)
        .findFirst()
        .orElseThrow(() -> new SiteException("the navigation has no 'commands'"));
  }

  String documentTitle() {
    return isHome() ? "G-TRACE: " + page.title() : page.title() + " · G-TRACE";
  }
}
