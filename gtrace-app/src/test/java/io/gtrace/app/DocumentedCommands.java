package io.gtrace.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command lines that documents tell people to type. */
final class DocumentedCommands {
  static final Path ROOT = Path.of("..");

  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|\\S+");
  private static final Pattern VARIABLE = Pattern.compile("[A-Z]+=\\S+ ");
  private static final Pattern IN_TEXT = Pattern.compile("`(?:\\./)?gtrace ([a-z][^`]*)`");

  /**
   * A command line as a document has it.
   *
   * @param line without {@code gtrace}
   */
  record Command(String document, String line) {
    /** Its words as a shell reads them: what stands between quotes is one. */
    String[] words() {
      return DocumentedCommands.words(line).toArray(String[]::new);
    }

    @Override
    public String toString() {
      return document + ": " + line;
    }
  }

  private DocumentedCommands() {}

  /** Commands that the launcher carries out itself, before there is a command line. */
  static Set<String> ofTheLauncher() {
    return Pattern.compile("\\[ \"\\$\\{1:-\\}\" = ([a-z]+) \\]")
        .matcher(read("gtrace"))
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  /** The README, the change log and all of {@code docs}, as paths below the project. */
  static List<String> documents() throws IOException {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of("README.md", "CHANGELOG.md"),
              docs.map(file -> "docs/" + file.getFileName()).filter(name -> name.endsWith(".md")))
          .sorted()
          .toList();
    }
  }

  static String read(String document) {
    try {
      return Files.readString(ROOT.resolve(document));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** What stands on lines of its own in blocks of code, in order; a line may go on after a \. */
  static List<Command> inBlocks(String document) {
    List<Command> commands = new ArrayList<>();
    for (String line : read(document).replaceAll("\\\\\n\\s*", "").lines().toList()) {
      String typed = VARIABLE.matcher(line.strip()).replaceAll("");
      boolean inBlock =
          line.startsWith("    ") || line.startsWith("./") || line.startsWith("gtrace");
      if (inBlock && typed.matches("(\\./)?gtrace [a-z-].*")) {
        commands.add(new Command(document, withoutShell(typed)));
      }
    }
    return commands;
  }

  /** What the shell takes away: the name of the program, and where its output goes. */
  private static String withoutShell(String typed) {
    return typed.replaceFirst("^(\\./)?gtrace ", "").replaceFirst(" > \\S+$", "");
  }

  /** What texts name between back quotes. */
  static List<Command> inTexts(String document) {
    return IN_TEXT
        .matcher(read(document))
        .results()
        .map(found -> new Command(document, found.group(1).replace('\n', ' ')))
        .toList();
  }

  static Stream<String> words(String line) {
    return WORD.matcher(line)
        .results()
        .map(word ->
            word.group(1) != null
                ? word.group(1)
                : word.group(2) != null ? word.group(2) : word.group());
  }
}
