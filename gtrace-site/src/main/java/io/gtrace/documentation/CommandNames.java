package io.gtrace.documentation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** Finds the commands that texts speak of. */
final class CommandNames {
  private final CommandLine gtrace;

  CommandNames(CommandLine gtrace) {
    this.gtrace = gtrace;
  }

  /**
   * Where the reference describes the command that a line such as {@code ./gtrace ledger verify}
   * calls, from the root of the site.
   */
  Optional<String> address(String line) {
    String[] words = line.strip().split("\\s+", -1);
    if (words.length < 2 || !words[0].matches("(\\./)?gtrace")) {
      return Optional.empty();
    }
    List<String> path = new ArrayList<>();
    CommandLine command = gtrace;
    for (int i = 1; i < words.length && command.getSubcommands().containsKey(words[i]); i++) {
      command = command.getSubcommands().get(words[i]);
      path.add(words[i]);
    }
    return path.isEmpty() ? Optional.empty() : Optional.of(address(path));
  }

  static String address(List<String> path) {
    String page = "cli/" + path.get(0) + ".html";
    return path.size() == 1 ? page : page + "#" + anchor(path);
  }

  static String anchor(List<String> path) {
    return "gtrace-" + String.join("-", path);
  }
}
