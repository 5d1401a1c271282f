package io.gtrace.packaging;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IllegalFormatException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What there is to say about one command: the same for manual pages and for completions.
 *
 * @param path the words that name it after {@code gtrace}, none for {@code gtrace} itself
 * @param summary one line
 * @param synopsis how it is called, without the colours of a terminal
 * @param description paragraphs
 * @param subcommands the names of its subcommands, each with its summary
 */
record CommandPage(
    List<String> path,
    String summary,
    String synopsis,
    List<String> description,
    List<CommandOption> options,
    List<CommandOption> parameters,
    Map<String, String> subcommands,
    Map<String, String> exitCodes,
    List<String> footer) {
  CommandPage {
    path = List.copyOf(path);
    description = List.copyOf(description);
    options = List.copyOf(options);
    parameters = List.copyOf(parameters);
    footer = List.copyOf(footer);
  }

  /**
   * An option, or a parameter that has no name.
   *
   * @param names such as {@code -h} and {@code --help}; none for a parameter
   * @param label what stands for its value; empty where it takes none
   * @param choices the values that it may have, where they are known
   */
  record CommandOption(
      List<String> names,
      String label,
      boolean takesValue,
      boolean takesFile,
      List<String> choices,
      List<String> description) {
    CommandOption {
      names = List.copyOf(names);
      choices = List.copyOf(choices);
      description = List.copyOf(description);
    }

    /** Its description in one line. */
    String summary() {
      return String.join(" ", description).strip();
    }

    private static CommandOption of(ArgSpec spec, List<String> names) {
      boolean value = spec.arity().max() > 0;
      Class<?> type = spec.auxiliaryTypes().length > 0 ? spec.auxiliaryTypes()[0] : spec.type();
      return new CommandOption(
          names,
          value ? spec.paramLabel() : "",
          value,
          Path.class.isAssignableFrom(type),
          value ? choices(spec, type) : List.of(),
          texts(spec.description()));
    }

    private static List<String> choices(ArgSpec spec, Class<?> type) {
      Iterable<String> given = spec.completionCandidates();
      if (given != null) {
        return StreamSupport.stream(given.spliterator(), false).toList();
      }
      return type.isEnum()
          ? Stream.of(type.getEnumConstants())
              .map(each -> each.toString().toLowerCase(Locale.ROOT))
              .toList()
          : List.of();
    }
  }

  /** The words that name it, {@code gtrace} first. */
  String qualifiedName(String separator) {
    return String.join(separator, Stream.concat(Stream.of("gtrace"), path.stream()).toList());
  }

  /** The page of a command and those of all its subcommands, itself first; hidden ones left out. */
  static List<CommandPage> all(CommandLine command) {
    List<CommandPage> pages = new ArrayList<>();
    collect(command, List.of(), pages);
    return List.copyOf(pages);
  }

  private static void collect(CommandLine command, List<String> path, List<CommandPage> pages) {
    CommandSpec spec = command.getCommandSpec();
    if (spec.usageMessage().hidden()) {
      return;
    }
    pages.add(of(command, path));
    command
        .getSubcommands()
        .forEach((name, each) ->
            collect(each, Stream.concat(path.stream(), Stream.of(name)).toList(), pages));
  }

  private static CommandPage of(CommandLine command, List<String> path) {
    CommandSpec spec = command.getCommandSpec();
    Map<String, String> subcommands = new LinkedHashMap<>();
    command
        .getSubcommands()
        .forEach((name, each) -> {
          if (!each.getCommandSpec().usageMessage().hidden()) {
            subcommands.put(name, summary(each.getCommandSpec()));
          }
        });
    return new CommandPage(
        path,
        summary(spec),
        new Help(spec, Help.defaultColorScheme(Help.Ansi.OFF)).synopsis(0).strip(),
        texts(spec.usageMessage().description()),
        spec.options().stream()
            .filter(option -> !option.hidden())
            .map(option -> CommandOption.of(option, names(option)))
            .toList(),
        spec.positionalParameters().stream()
            .filter(parameter -> !parameter.hidden())
            .map(parameter -> CommandOption.of(parameter, List.of()))
            .toList(),
        subcommands,
        spec.usageMessage().exitCodeList(),
        texts(spec.usageMessage().footer()));
  }

  private static List<String> names(OptionSpec option) {
    List<String> names = new ArrayList<>(List.of(option.names()));
    if (option.negatable()) {
      for (String name : option.names()) {
        if (name.startsWith("--")) {
          names.add("--no-" + name.substring(2));
        }
      }
    }
    return names;
  }

  private static String summary(CommandSpec spec) {
    return texts(spec.usageMessage().description()).stream().findFirst().orElse("");
  }

  private static List<String> texts(String... lines) {
    return Stream.of(lines).map(CommandPage::text).toList();
  }

  /** As picocli shows it: a line is a format, or as it stands where it is none. */
  private static String text(String line) {
    try {
      return line.formatted().replaceAll("^\\n+|\\n+$", "");
    } catch (IllegalFormatException plain) {
      return line;
    }
  }
}
