package io.gtrace.documentation;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** Makes pages of Markdown files, in the Markdown that GitHub shows. */
final class MarkdownReader {
  private static final int LONGEST_SUMMARY = 220;

  private final Parser parser =
      Parser.builder()
          .extensions(List.of(TablesExtension.create()))
          .customInlineContentParserFactory(new Formula.Reader())
          .build();
  private final LinkTargets targets;
  private final CommandNames commands;

  MarkdownReader(LinkTargets targets, CommandNames commands) {
    this.targets = targets;
    this.commands = commands;
  }

  /**
   * The page of a file.
   *
   * @param file its path in the project
   * @param path of the page on the site
   * @throws SiteException if it does not begin with one heading of the first level, or if a link
   *     leads nowhere
   */
  SitePage page(String file, String path, String markdown) {
    Node document = parser.parse(markdown);
    Outline outline = new Outline();
    document.accept(outline);
    List<Heading> headings = outline.headings();
    if (headings.isEmpty()
        || headings.get(0).level() != 1
        || headings.stream().filter(each -> each.level() == 1).count() != 1) {
      throw new SiteException(file + ": a page begins with its only heading of the first level");
    }
    HtmlRenderer renderer =
        HtmlRenderer.builder()
            .extensions(List.of(TablesExtension.create()))
            .nodeRendererFactory(context ->
                new PageRenderer(
                    context,
                    new PageRenderer.Place(file, SitePage.rootFrom(path), outline),
                    targets,
                    commands))
            .attributeProviderFactory(context -> PageRenderer::addAttributes)
            .build();
    String body = scrolling(renderer.render(document));
    return new SitePage(
        path,
        headings.get(0).text(),
        summary(document),
        headings,
        body,
        outline.sections(),
        outline.hasFormulas());
  }

  /** Tables that are too wide for a screen move within their place, also by keyboard. */
  private static String scrolling(String html) {
    return html.replace(
            "<table>",
            "<div class=\"scroll\" role=\"group\" aria-label=\"Table\" tabindex=\"0\"><table>")
        .replace("</table>", "</table></div>");
  }

  private static String summary(Node document) {
    for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof Paragraph) {
        return shortened(text(node));
      }
    }
    return "";
  }

  /** Whole sentences, as many as there is room for, but at least one. */
  private static String shortened(String paragraph) {
    String text = paragraph.replaceAll("\\s+", " ").strip();
    StringBuilder kept = new StringBuilder();
    for (String sentence : text.split("(?<=[.?!]) (?=[A-Z`])", -1)) {
      if (!kept.isEmpty() && kept.length() + sentence.length() > LONGEST_SUMMARY) {
        break;
      }
      kept.append(kept.isEmpty() ? "" : " ").append(sentence);
    }
    return kept.toString().replaceAll(":$", ".");
  }

  /** What can be read of a node, without marks. */
  static String text(Node node) {
    PlainText text = new PlainText();
    node.accept(text);
    return text.text.toString();
  }

  private static final class PlainText extends AbstractVisitor {
    private final StringBuilder text = new StringBuilder();

    @Override
    public void visit(Text node) {
      text.append(node.getLiteral());
    }

    @Override
    public void visit(Code node) {
      text.append(node.getLiteral());
    }

    @Override
    public void visit(SoftLineBreak node) {
      text.append(' ');
    }

    @Override
    public void visit(HardLineBreak node) {
      text.append(' ');
    }

    @Override
    public void visit(FencedCodeBlock node) {
      if (!PageRenderer.isFormula(node)) {
        text.append(node.getLiteral()).append(' ');
      }
    }

    @Override
    public void visit(IndentedCodeBlock node) {
      text.append(node.getLiteral()).append(' ');
    }

    @Override
    public void visit(Paragraph node) {
      visitChildren(node);
      text.append(' ');
    }

    @Override
    public void visit(ListItem node) {
      visitChildren(node);
      text.append(' ');
    }

    @Override
    public void visit(CustomNode node) {
      if (node instanceof Formula formula) {
        text.append(formula.latex());
      }
      visitChildren(node);
      if (node instanceof TableCell) {
        text.append(' ');
      }
    }

    @Override
    public void visit(CustomBlock node) {
      visitChildren(node);
    }

    @Override
    public void visit(HtmlBlock node) {
      // Only comments for those who edit.
    }
  }

  /** The headings of a page, with what stands below each. */
  static final class Outline extends AbstractVisitor {
    private final Anchors anchors = new Anchors();
    private final List<Heading> headings = new ArrayList<>();
    private final List<org.commonmark.node.Heading> nodes = new ArrayList<>();
    private boolean formulas;

    @Override
    public void visit(org.commonmark.node.Heading node) {
      String text = text(node);
      nodes.add(node);
      headings.add(new Heading(node.getLevel(), text, anchors.of(text)));
    }

    List<Heading> headings() {
      return List.copyOf(headings);
    }

    Heading of(org.commonmark.node.Heading node) {
      return headings.get(nodes.indexOf(node));
    }

    void foundFormula() {
      formulas = true;
    }

    boolean hasFormulas() {
      return formulas;
    }

    List<Section> sections() {
      List<Section> sections = new ArrayList<>();
      for (int i = 0; i < nodes.size(); i++) {
        StringBuilder text = new StringBuilder();
        for (Node below = nodes.get(i).getNext();
            below != null && !(below instanceof org.commonmark.node.Heading);
            below = below.getNext()) {
          text.append(text(below)).append(' ');
        }
        Heading heading = headings.get(i);
        sections.add(
            new Section(
                heading.text(),
                heading.level() == 1 ? "" : heading.anchor(),
                text.toString().replaceAll("\\s+", " ").strip()));
      }
      return sections;
    }
  }
}
