package io.gtrace.bench.docs;

import java.awt.Dimension;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGGraphics2DIOException;
import org.knowm.xchart.internal.chartpart.Chart;
import org.w3c.dom.Document;

/**
 * A picture of the document.
 *
 * @param name of its file, without ending
 * @param chart what is drawn
 * @param data the numbers that are drawn, as text
 */
record Figure(String name, Chart<?, ?> chart, String data) {
  private static final String SVG = "http://www.w3.org/2000/svg";
  private static final int DECIMALS = 1;

  /**
   * What tells a picture from one of other numbers, whatever fonts it was drawn with. It stands in
   * the picture.
   */
  String mark() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(data.getBytes(StandardCharsets.UTF_8));
      return "drawn by ./method from data sha256:" + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The picture. Labels are outlines of the machine's sans-serif font. */
  String svg() {
    Document document;
    try {
      document =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .getDOMImplementation()
              .createDocument(SVG, "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
    context.setPrecision(DECIMALS);
    context.setComment(mark());
    SVGGraphics2D graphics = new SVGGraphics2D(context, false);
    graphics.setSVGCanvasSize(new Dimension(chart.getWidth(), chart.getHeight()));
    chart.paint(graphics, chart.getWidth(), chart.getHeight());
    StringWriter text = new StringWriter();
    try {
      graphics.stream(text, true);
    } catch (SVGGraphics2DIOException e) {
      throw new IllegalStateException(e);
    }
    return text.toString().replace(System.lineSeparator(), "\n");
  }
}
