package io.gtrace.documentation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The order of the pages: groups, and the Markdown files in each. */
record Navigation(List<Group> groups) {
  /** Stands for the pages of the commands. */
  static final String COMMANDS = "commands";

  /**
   * @param pages names of files in {@code docs}, or {@link #COMMANDS}
   */
  record Group(String title, String about, List<String> pages) {}

  /**
   * Reads {@code docs/navigation.yaml}.
   *
   * @throws SiteException if it is not a list of groups with {@code group}, {@code about} and
   *     {@code pages}
   */
  static Navigation read(Path file) {
    Object document = new Load(LoadSettings.builder().build()).loadFromString(TextFile.read(file));
    if (!(document instanceof List<?> list)) {
      throw new SiteException(file + " is no list of groups");
    }
    List<Group> groups = new ArrayList<>();
    for (Object each : list) {
      if (!(each instanceof Map<?, ?> group) || !(group.get("pages") instanceof List<?> pages)) {
        throw new SiteException(file + ": each group has 'group', 'about' and 'pages'");
      }
      groups.add(
          new Group(
              String.valueOf(group.get("group")),
              String.valueOf(group.get("about")),
              pages.stream().map(String::valueOf).toList()));
    }
    return new Navigation(List.copyOf(groups));
  }
}
