package io.gtrace.packaging;

import io.gtrace.packaging.CommandPage.CommandOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.AutoComplete;
import picocli.CommandLine;

/** What shells complete when one presses the tabulator. */
final class Completions {
  private final CommandLine command;
  private final List<CommandPage> pages;

  Completions(CommandLine command) {
    this.command = command;
    this.pages = CommandPage.all(command);
  }

  /** The scripts by where they lie under {@code share}. */
  Map<String, String> byPlace() {
    return Map.of(
        "bash-completion/completions/gtrace", AutoComplete.bash("gtrace", command),
        "zsh/site-functions/_gtrace", zsh(),
        "fish/vendor_completions.d/gtrace.fish", fish());
  }

  private String zsh() {
    StringBuilder script =
        new StringBuilder(
            """
            #compdef gtrace
            # The command that the words before the cursor name, and how many of them do.
            _gtrace() {
              local at= next
              integer i named=1
              for (( i = 2; i < CURRENT; i++ )); do
                next="${at:+$at }${words[i]}"
                case $next in
            """);
    String known =
        pages.stream()
            .filter(page -> !page.path().isEmpty())
            .map(page -> "'" + String.join(" ", page.path()) + "'")
            .collect(Collectors.joining("|"));
    script.append("      (").append(known).append(") at=$next named=i ;;\n");
    script.append(
        """
            esac
          done
          shift $(( named - 1 )) words
          (( CURRENT -= named - 1 ))
          case $at in
        """);
    for (CommandPage page : pages) {
      script.append("    ('%s')\n      _arguments -S".formatted(String.join(" ", page.path())));
      zshArguments(page)
          .forEach(argument -> script.append(" \\\n        ").append(quoted(argument)));
      script.append(" ;;\n");
    }
    return script.append("  esac\n}\n_gtrace \"$@\"\n").toString();
  }

  private static List<String> zshArguments(CommandPage page) {
    List<String> arguments = new ArrayList<>();
    for (CommandOption option : page.options()) {
      for (String name : option.names()) {
        arguments.add(
            "*%s[%s]%s"
                .formatted(
                    name,
                    zshText(option.summary()),
                    option.takesValue()
                        ? ":" + zshText(option.label()) + ":" + zshValues(option)
                        : ""));
      }
    }
    if (!page.subcommands().isEmpty()) {
      arguments.add(
          "1:command:(("
              + page.subcommands().entrySet().stream()
                  .map(each -> each.getKey() + "\\:" + quoted(zshText(each.getValue())))
                  .collect(Collectors.joining(" "))
              + "))");
    } else if (!page.parameters().isEmpty()) {
      CommandOption last = page.parameters().get(page.parameters().size() - 1);
      arguments.add("*:" + zshText(last.label()) + ":" + zshValues(last));
    }
    return arguments;
  }

  private static String zshValues(CommandOption option) {
    if (!option.choices().isEmpty()) {
      return "(" + String.join(" ", option.choices()) + ")";
    }
    return option.takesFile() ? "_files" : " ";
  }

  private static String zshText(String text) {
    return text.replace("\\", "\\\\")
        .replace(":", "\\:")
        .replace("[", "\\[")
        .replace("]", "\\]")
        .replace("\n", " ");
  }

  private String fish() {
    StringBuilder script = new StringBuilder("# Completions of gtrace.\nset -g __gtrace_commands");
    pages.stream()
        .filter(page -> !page.path().isEmpty())
        .forEach(page -> script.append(" '%s'".formatted(String.join(" ", page.path()))));
    script.append(
        """


        # Whether the words before the cursor name this command.
        function __gtrace_at
            set -l at
            for token in (commandline -opc)[2..]
                set -l next (string join ' ' -- $at $token)
                contains -- $next $__gtrace_commands; and set at $next
            end
            test "$at" = "$argv[1]"
        end

        """);
    for (CommandPage page : pages) {
      String at =
          "complete -c gtrace -n %s"
              .formatted(fishQuoted("__gtrace_at '" + String.join(" ", page.path()) + "'"));
      page.subcommands()
          .forEach((name, text) ->
              script.append("%s -f -a %s -d %s\n".formatted(at, name, fishQuoted(text))));
      page.options().forEach(option -> script.append(at).append(fishOption(option)).append('\n'));
    }
    return script.toString();
  }

  private static String fishOption(CommandOption option) {
    StringBuilder line = new StringBuilder();
    for (String name : option.names()) {
      if (name.startsWith("--")) {
        line.append(" -l ").append(name.substring(2));
      } else {
        line.append(name.length() == 2 ? " -s " : " -o ").append(name.substring(1));
      }
    }
    if (!option.choices().isEmpty()) {
      line.append(" -x -a ").append(fishQuoted(String.join(" ", option.choices())));
    } else if (option.takesValue()) {
      line.append(option.takesFile() ? " -r -F" : " -x");
    }
    return line.append(" -d ").append(fishQuoted(option.summary())).toString();
  }

  /** In quotes of zsh and every POSIX shell, in which nothing has a meaning. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private static String fishQuoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", " ") + "'";
  }
}
