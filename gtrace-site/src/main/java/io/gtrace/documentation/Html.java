package io.gtrace.documentation;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/** What templates make of what they are given. */
final class Html {
  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Html.class.getClassLoader(), "io.gtrace.documentation");

  private Html() {}

  static String of(String template, Map<String, Object> given) {
    StringOutput text = new StringOutput();
    TEMPLATES.render(template, given, text);
    return text.toString();
  }

  /**
   * Plain words of the command line, in which names of options stand out and pages that are named
   * are links, as seen from a page of a command.
   */
  static String words(String plain) {
    return CodeBlock.escaped(plain)
        .replaceAll("(?<![\\w-])(--[a-z][a-z0-9-]*(?:=[A-Z]+)?)", "<code class=\"short\">$1</code>")
        .replaceAll("docs/([a-z-]+)\\.md", "<a href=\"../$1.html\">$1</a>")
        .replaceAll("(?<![\\w/])(gtrace [a-z]+)(?= --help|[.,;:)]|$)", "<code>$1</code>");
  }
}
