package io.gtrace.documentation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlWriter;

/** Writes what differs on our pages from plain HTML of Markdown. */
final class PageRenderer implements NodeRenderer {
  /** Code of so many characters is not broken at its hyphens. */
  private static final int SHORT = 26;

  private final HtmlNodeRendererContext context;
  private final HtmlWriter html;
  private final Place place;
  private final LinkTargets targets;
  private final CommandNames commands;

  /**
   * Where what is written stands.
   *
   * @param file the Markdown file
   * @param root how its page addresses the root of the site
   */
  record Place(String file, String root, MarkdownReader.Outline outline) {}

  PageRenderer(
      HtmlNodeRendererContext context, Place place, LinkTargets targets, CommandNames commands) {
    this.context = context;
    this.html = context.getWriter();
    this.place = place;
    this.targets = targets;
    this.commands = commands;
  }

  /** Cells of the head say what they head. */
  static void addAttributes(Node node, String tag, Map<String, String> attributes) {
    if (node instanceof TableCell cell && cell.isHeader()) {
      attributes.put("scope", "col");
    }
    if (node instanceof TableCell) {
      String align = attributes.remove("align");
      if (align != null) {
        attributes.put("class", align);
      }
    }
  }

  /** A number and its per cent stay on one line. */
  static String unbroken(String text) {
    return text.replaceAll("(?<=\\d) (?=%)", "\u00a0");
  }

  static boolean isFormula(FencedCodeBlock block) {
    return "math".equals(block.getInfo());
  }

  @Override
  public Set<Class<? extends Node>> getNodeTypes() {
    return Set.of(
        Heading.class,
        Link.class,
        Image.class,
        Code.class,
        FencedCodeBlock.class,
        IndentedCodeBlock.class,
        HtmlBlock.class,
        Text.class,
        Formula.class);
  }

  @Override
  public void render(Node node) {
    switch (node) {
      case Heading heading -> heading(heading);
      case Link link -> link(link);
      case Image image -> image(image);
      case Code code -> code(code);
      case FencedCodeBlock block when isFormula(block) -> formula("div", block.getLiteral());
      case FencedCodeBlock block -> block(block.getInfo(), block.getLiteral());
      case IndentedCodeBlock block -> block("", block.getLiteral());
      case Formula formula -> formula("span", formula.latex());
      case HtmlBlock comment -> comment(comment);
      case Text text -> html.text(unbroken(text.getLiteral()));
      default -> throw new IllegalStateException(node.getClass().getName());
    }
  }

  private void heading(Heading node) {
    io.gtrace.documentation.Heading heading = place.outline().of(node);
    String tag = "h" + heading.level();
    boolean linked = heading.level() > 1;
    if (linked) {
      html.tag("div", Map.of("class", "heading"));
    }
    html.tag(tag, linked ? Map.of("id", heading.anchor()) : Map.of());
    children(node);
    html.tag("/" + tag);
    if (linked) {
      Map<String, String> attributes = new LinkedHashMap<>();
      attributes.put("class", "anchor");
      attributes.put("href", "#" + heading.anchor());
      attributes.put("aria-label", "Link to " + heading.text());
      html.tag("a", attributes);
      html.text("#");
      html.tag("/a");
      html.tag("/div");
    }
    html.line();
  }

  private void link(Link link) {
    String address = targets.address(place.file(), link.getDestination());
    html.tag(
        "a",
        LinkTargets.isElsewhere(address)
            ? Map.of("href", address, "rel", "noreferrer")
            : Map.of("href", address));
    children(link);
    html.tag("/a");
  }

  private void image(Image image) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("src", targets.address(place.file(), image.getDestination()));
    attributes.put("alt", MarkdownReader.text(image));
    html.tag("img", attributes, true);
  }

  private void code(Code code) {
    Optional<String> described =
        isLinkedOrHeading(code) ? Optional.empty() : commands.address(code.getLiteral());
    described.ifPresent(
        address -> html.tag("a", Map.of("href", place.root() + address, "class", "command")));
    html.tag("code", code.getLiteral().length() <= SHORT ? Map.of("class", "short") : Map.of());
    html.text(code.getLiteral());
    html.tag("/code");
    described.ifPresent(address -> html.tag("/a"));
  }

  private static boolean isLinkedOrHeading(Node node) {
    for (Node above = node.getParent(); above != null; above = above.getParent()) {
      if (above instanceof Link || above instanceof Heading) {
        return true;
      }
    }
    return false;
  }

  private void block(String language, String text) {
    html.raw(CodeBlock.html(language == null ? "" : language.strip(), text));
    html.line();
  }

  /** LaTeX, which a script turns into MathML: what browsers draw and screen readers read out. */
  private void formula(String tag, String latex) {
    boolean block = tag.equals("div");
    html.tag(tag, block ? Map.of("class", "formula", "tabindex", "0") : Map.of("class", "formula"));
    html.text(latex.strip());
    html.tag("/" + tag);
    place.outline().foundFormula();
  }

  private void comment(HtmlBlock block) {
    if (!block.getLiteral().strip().matches("(?s)<!--.*-->")) {
      throw new SiteException(
          place.file() + ": Markdown has no HTML but comments: " + block.getLiteral().strip());
    }
  }

  private void children(Node node) {
    for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
      context.render(child);
    }
  }
}
