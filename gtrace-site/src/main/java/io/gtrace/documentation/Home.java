package io.gtrace.documentation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.parser.Parser;

/**
 * What the first page says, taken from the README: its first paragraph, and its first command with
 * what that answers.
 *
 * @param title the first sentence
 * @param about the rest of the first paragraph
 * @param example HTML
 */
record Home(String title, String about, String example) {
  private static final int TYPED_AND_ANSWERED = 2;

  /**
   * Reads a README.
   *
   * @throws SiteException if it does not begin with a paragraph of two sentences or more
   */
  static Home of(String readme) {
    Node document = Parser.builder().build().parse(readme);
    String first =
        children(document).stream()
            .filter(Paragraph.class::isInstance)
            .map(MarkdownReader::text)
            .findFirst()
            .orElse("")
            .strip();
    int end = first.indexOf(". ");
    if (end < 0) {
      throw new SiteException("README.md: its first paragraph has fewer than two sentences");
    }
    return new Home(
        first.substring(0, end),
        PageRenderer.unbroken(first.substring(end + 2)),
        CodeBlock.html(
            "",
            children(document).stream()
                .filter(IndentedCodeBlock.class::isInstance)
                .map(block -> ((IndentedCodeBlock) block).getLiteral())
                .limit(TYPED_AND_ANSWERED)
                .collect(Collectors.joining("\n"))));
  }

  private static List<Node> children(Node document) {
    List<Node> children = new ArrayList<>();
    for (Node child = document.getFirstChild(); child != null; child = child.getNext()) {
      children.add(child);
    }
    return children;
  }
}
