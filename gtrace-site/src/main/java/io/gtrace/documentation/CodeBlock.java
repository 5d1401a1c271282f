package io.gtrace.documentation;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes blocks of code: what is typed stands out from what is answered, and in programs and data
 * comments, texts and numbers from the rest.
 */
final class CodeBlock {
  private static final Pattern COMMAND =
      Pattern.compile(
          "(?:[A-Z]+=\\S+ )*(?:\\./)?(?:gtrace|mvn|curl|java|npm|pip|docker|apt-get|fit|method|verify|bench|disclosures)(?: .*|$)");
  private static final Pattern MARKED =
      Pattern.compile(
          "(?<comment>//[^\\n]*|(?<![\\w\"'])#[^\\n]*|--\\s[^\\n]*)"
              + "|(?<text>\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:[^'\\\\\\n])*')"
              + "|(?<key>(?m:^[ \\t]*(?:- )?[\\w.-]+(?=:(?:\\s|$))))"
              + "|(?<word>\\b(?:new|import|public|static|final|void|class|record|return|int|double"
              + "|SELECT|FROM|WHERE|JOIN|ON|GROUP BY|ORDER BY|AS|AND|SUM|USING|true|false|null)\\b)"
              + "|(?<number>(?<![\\w.-])-?\\d[\\d_]*(?:\\.\\d+)?(?:[eE][+-]?\\d+)?(?!\\w))");
  private static final List<String> KINDS = List.of("comment", "text", "key", "word", "number");

  private CodeBlock() {}

  /**
   * A block as HTML.
   *
   * @param language as its fence names it; empty for what is typed into a terminal and answered
   */
  static String html(String language, String text) {
    boolean terminal = language.isEmpty() || language.equals("sh") || language.equals("bash");
    return (terminal ? "<div class=\"code\">" : "<div class=\"code whole\">")
        + "<pre tabindex=\"0\"><code>"
        + (terminal ? typedAndAnswered(text) : marked(text))
        + "</code></pre></div>";
  }

  private static String typedAndAnswered(String text) {
    StringBuilder html = new StringBuilder();
    boolean goesOn = false;
    for (String line : text.stripTrailing().split("\n", -1)) {
      boolean typed = goesOn || COMMAND.matcher(line).matches();
      if (typed) {
        html.append(goesOn ? "<span class=\"typed more\">" : "<span class=\"typed\">")
            .append(escaped(line))
            .append("</span>\n");
      } else {
        html.append(escaped(line)).append('\n');
      }
      goesOn = typed && line.endsWith("\\");
    }
    return html.toString();
  }

  private static String marked(String text) {
    String code = text.stripTrailing();
    StringBuilder html = new StringBuilder();
    Matcher found = MARKED.matcher(code);
    int from = 0;
    while (found.find()) {
      html.append(escaped(code.substring(from, found.start())));
      String kind = KINDS.stream().filter(each -> found.group(each) != null).findFirst().orElse("");
      html.append("<span class=\"")
          .append(kind)
          .append("\">")
          .append(escaped(found.group()))
          .append("</span>");
      from = found.end();
    }
    return html.append(escaped(code.substring(from))).append('\n').toString();
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
