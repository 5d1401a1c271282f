package io.gtrace.documentation;

import java.util.Set;
import org.commonmark.node.CustomNode;
import org.commonmark.parser.beta.InlineContentParser;
import org.commonmark.parser.beta.InlineContentParserFactory;
import org.commonmark.parser.beta.InlineParserState;
import org.commonmark.parser.beta.ParsedInline;
import org.commonmark.parser.beta.Position;
import org.commonmark.parser.beta.Scanner;

/** A formula within a line, which GitHub's Markdown writes between two dollar signs. */
final class Formula extends CustomNode {
  private final String latex;

  private Formula(String latex) {
    this.latex = latex;
  }

  String latex() {
    return latex;
  }

  /** Finds them; a dollar sign that opens none stays one. */
  static final class Reader implements InlineContentParserFactory, InlineContentParser {
    @Override
    public Set<Character> getTriggerCharacters() {
      return Set.of('$');
    }

    @Override
    public InlineContentParser create() {
      return this;
    }

    @Override
    public ParsedInline tryParse(InlineParserState state) {
      Scanner scanner = state.scanner();
      scanner.next();
      Position start = scanner.position();
      if (Character.isWhitespace(scanner.peek()) || scanner.find('$') <= 0) {
        return ParsedInline.none();
      }
      String latex = scanner.getSource(start, scanner.position()).getContent();
      scanner.next();
      boolean closed =
          !Character.isWhitespace(latex.charAt(latex.length() - 1))
              && !Character.isDigit(scanner.peek());
      return closed ? ParsedInline.of(new Formula(latex), scanner.position()) : ParsedInline.none();
    }
  }
}
