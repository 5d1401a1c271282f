package io.gtrace.documentation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The reference of the command line, out of the code that reads it: a page for each command. */
final class CommandPages {
  private final CommandDescription gtrace;

  CommandPages(CommandDescription gtrace) {
    this.gtrace = gtrace;
  }

  /** The overview first, then the commands in the order of the help. */
  List<SitePage> pages() {
    List<SitePage> pages = new ArrayList<>();
    pages.add(overview());
    for (CommandDescription command : gtrace.subcommands()) {
      pages.add(page(command));
    }
    return pages;
  }

  private SitePage overview() {
    String title = "Command reference";
    List<Heading> headings =
        List.of(
            new Heading(1, title, ""),
            new Heading(2, "Commands", "commands"),
            new Heading(2, "Exit codes", "exit-codes"));
    String exitCodes =
        gtrace.exitCodes().entrySet().stream()
            .map(each -> each.getKey() + " " + each.getValue())
            .collect(Collectors.joining(". "));
    String summary = "Every command of G-TRACE with its options, defaults and examples.";
    return new SitePage(
        SiteBuild.COMMANDS_INDEX,
        title,
        summary,
        headings,
        Html.of("commands.jte", Map.of("gtrace", gtrace, "title", title)),
        List.of(
            new Section(title, "", summary), new Section("Exit codes", "exit-codes", exitCodes)));
  }

  private static SitePage page(CommandDescription command) {
    List<Heading> headings = new ArrayList<>();
    List<Section> sections = new ArrayList<>();
    command
        .all()
        .forEach(each -> {
          boolean itself = each.path().equals(command.path());
          headings.add(new Heading(itself ? 1 : 2, each.name(), itself ? "" : each.anchor()));
          sections.add(new Section(each.name(), itself ? "" : each.anchor(), text(each)));
        });
    return new SitePage(
        CommandNames.address(command.path()),
        command.name(),
        command.summary(),
        headings,
        Html.of("command.jte", Map.of("command", command, "level", 1)),
        sections);
  }

  private static String text(CommandDescription command) {
    List<String> parts = new ArrayList<>(command.about());
    for (CommandDescription.Argument each : command.arguments()) {
      parts.add(each.label() + " " + String.join(" ", each.about()));
    }
    for (CommandDescription.Argument each : command.options()) {
      parts.add(String.join(" ", each.names()) + " " + String.join(" ", each.about()));
    }
    parts.addAll(command.examples());
    return String.join(" ", parts);
  }
}
