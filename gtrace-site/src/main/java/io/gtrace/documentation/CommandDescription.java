package io.gtrace.documentation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What the code says of one command: the same words as its help.
 *
 * @param path the words after {@code gtrace}; none for the command itself
 * @param exitCodes those that mean something of their own here, by their number
 */
record CommandDescription(
    List<String> path,
    List<String> about,
    String synopsis,
    List<Argument> arguments,
    List<Argument> options,
    List<String> examples,
    Map<String, String> exitCodes,
    List<CommandDescription> subcommands) {
  private static final String EXAMPLE = "Example: ";

  /**
   * An option or a parameter.
   *
   * @param names what is typed, such as {@code --format}; none for a parameter
   * @param label what stands for its value, such as {@code FILE}; empty if it takes none
   * @param defaultValue empty if there is none
   */
  record Argument(
      List<String> names,
      String label,
      List<String> about,
      List<String> choices,
      String defaultValue,
      boolean required) {
    /** Whether the words already say what may stand there. */
    boolean tellsChoices() {
      return choices.stream().anyMatch(each -> String.join(" ", about).contains(each));
    }

    /** Whether the words already say what holds without it. */
    boolean tellsDefault() {
      return String.join(" ", about).contains("default");
    }
  }

  static CommandDescription of(CommandLine command, List<String> path) {
    CommandSpec spec = command.getCommandSpec();
    return new CommandDescription(
        path,
        lines(spec.usageMessage().description()),
        new Help(spec, Help.defaultColorScheme(Ansi.OFF)).abbreviatedSynopsis().strip(),
        spec.positionalParameters().stream()
            .filter(each -> !each.hidden())
            .map(each -> argument(each, List.of()))
            .toList(),
        spec.options().stream()
            .filter(each -> !each.hidden() && !each.usageHelp() && !each.versionHelp())
            .map(each -> argument(each, List.of(each.names())))
            .toList(),
        Stream.of(spec.usageMessage().footer())
            .filter(line -> line.startsWith(EXAMPLE))
            .map(line -> line.substring(EXAMPLE.length()))
            .toList(),
        new LinkedHashMap<>(spec.usageMessage().exitCodeList()),
        subcommands(command, path));
  }

  private static List<CommandDescription> subcommands(CommandLine command, List<String> path) {
    List<CommandDescription> all = new ArrayList<>();
    command
        .getSubcommands()
        .forEach((name, each) -> {
          if (!name.equals("help")) {
            all.add(of(each, Stream.concat(path.stream(), Stream.of(name)).toList()));
          }
        });
    return all;
  }

  private static Argument argument(ArgSpec spec, List<String> names) {
    return new Argument(
        names,
        spec.arity().max() == 0 && spec instanceof OptionSpec ? "" : spec.paramLabel(),
        lines(spec.description()),
        choices(spec),
        text(spec.defaultValue()),
        spec.required());
  }

  private static List<String> choices(ArgSpec spec) {
    Object[] constants = spec.type().getEnumConstants();
    return constants == null ? List.of() : Arrays.stream(constants).map(String::valueOf).toList();
  }

  private static String text(@Nullable String value) {
    return value == null || value.equals(CommandLine.Option.NULL_VALUE) ? "" : value;
  }

  private static List<String> lines(String[] described) {
    return Stream.of(described)
        .map(line -> Ansi.OFF.string(line.replace("%%", "%").replace("%n", " ")))
        .filter(line -> !line.isBlank())
        .toList();
  }

  /** As it is typed. */
  String name() {
    return String.join(" ", Stream.concat(Stream.of("gtrace"), path.stream()).toList());
  }

  String anchor() {
    return CommandNames.anchor(path);
  }

  String summary() {
    return about.isEmpty() ? "" : about.get(0);
  }

  /** This command and all below it. */
  Stream<CommandDescription> all() {
    return Stream.concat(Stream.of(this), subcommands.stream().flatMap(CommandDescription::all));
  }
}
