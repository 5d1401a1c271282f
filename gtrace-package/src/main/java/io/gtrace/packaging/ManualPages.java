package io.gtrace.packaging;

import io.gtrace.packaging.CommandPage.CommandOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Manual pages in the macros of man(7), one for each command, as {@code man gtrace-estimate}. */
final class ManualPages {
  private final String version;
  private final LocalDate day;

  ManualPages(String version, Instant released) {
    this.version = version;
    this.day = LocalDate.ofInstant(released, ZoneOffset.UTC);
  }

  /** The pages by the names of their files. */
  Map<String, String> of(List<CommandPage> pages) {
    Map<String, String> files = new TreeMap<>();
    pages.forEach(page -> files.put(page.qualifiedName("-") + ".1", page(page)));
    return files;
  }

  private String page(CommandPage page) {
    String name = page.qualifiedName("-");
    StringBuilder roff = new StringBuilder();
    roff.append(
        ".TH \"%s\" 1 \"%s\" \"gtrace %s\" \"G-TRACE\"\n"
            .formatted(escaped(name.toUpperCase(Locale.ROOT)), day, escaped(version)));
    roff.append(".SH NAME\n%s \\- %s\n".formatted(escaped(name), escaped(page.summary())));
    roff.append(".SH SYNOPSIS\n").append(line(page.synopsis().replaceAll("\\s+", " ")));
    roff.append(".SH DESCRIPTION\n");
    page.description().forEach(paragraph -> roff.append(".PP\n").append(line(paragraph)));
    entries(roff, "COMMANDS", page.subcommands());
    arguments(roff, "PARAMETERS", page.parameters());
    arguments(roff, "OPTIONS", page.options());
    entries(roff, "EXIT STATUS", page.exitCodes());
    List<String> footer = page.footer().stream().filter(text -> !text.isBlank()).toList();
    if (!footer.isEmpty()) {
      roff.append(".SH NOTES\n.nf\n");
      footer.forEach(text -> roff.append(line(text)));
      roff.append(".fi\n");
    }
    seeAlso(roff, page);
    return roff.toString();
  }

  private static void entries(StringBuilder roff, String heading, Map<String, String> entries) {
    if (entries.isEmpty()) {
      return;
    }
    roff.append(".SH ").append(heading).append('\n');
    entries.forEach((name, text) ->
        roff.append(".TP\n.B %s\n".formatted(escaped(name.strip()))).append(line(text)));
  }

  private static void arguments(StringBuilder roff, String heading, List<CommandOption> arguments) {
    if (arguments.isEmpty()) {
      return;
    }
    roff.append(".SH ").append(heading).append('\n');
    for (CommandOption argument : arguments) {
      String names =
          argument.names().stream()
              .map(name -> "\\fB" + escaped(name) + "\\fR")
              .collect(Collectors.joining(", "));
      String label = argument.takesValue() ? "\\fI" + escaped(argument.label()) + "\\fR" : "";
      roff.append(".TP\n").append(names).append(names.isEmpty() || label.isEmpty() ? "" : " ");
      roff.append(label).append('\n').append(line(argument.summary()));
    }
  }

  private static void seeAlso(StringBuilder roff, CommandPage page) {
    String prefix = page.qualifiedName("-");
    List<String> others =
        page.path().isEmpty() || !page.subcommands().isEmpty()
            ? page.subcommands().keySet().stream().map(name -> prefix + "-" + name).toList()
            : List.of(prefix.substring(0, prefix.length() - lastWord(page).length() - 1));
    roff.append(".SH SEE ALSO\n");
    roff.append(
        others.stream()
            .map(name -> "\\fB" + escaped(name) + "\\fR(1)")
            .collect(Collectors.joining(",\n")));
    roff.append('\n');
  }

  private static String lastWord(CommandPage page) {
    return page.path().get(page.path().size() - 1);
  }

  private static String line(String text) {
    return text.isBlank() ? ".sp\n" : escaped(text) + "\n";
  }

  /** Text that no macro and no escape can be read into. */
  private static String escaped(String text) {
    String plain = text.replace("\\", "\\e").replace("-", "\\-").replace("\n", "\n\\&");
    return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
  }
}
