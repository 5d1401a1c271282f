package io.gtrace.report;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.apache.fop.apps.FOUserAgent;
import org.apache.fop.apps.FopConfParser;
import org.apache.fop.apps.FopFactory;
import org.apache.fop.apps.MimeConstants;
import org.apache.xmlgraphics.io.Resource;
import org.apache.xmlgraphics.io.ResourceResolver;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Makes a PDF of formatting objects (XSL 1.1): tagged as PDF/UA-1 asks, with its font in it. */
final class PdfDocument {
  private static final String FONT = "LiberationSans-Regular.ttf";
  private static final URI BASE = URI.create("report:/");

  /** The font ships in one weight; the bold one is made of it. */
  private static final String SETTINGS =
      """
      <fop version="1.0"><accessibility>true</accessibility><renderers><renderer mime="application/pdf"><pdf-ua-mode>PDF/UA-1</pdf-ua-mode><fonts>
      <font kerning="yes" embed-url="report:/%1$s" simulate-style="true">
      <font-triplet name="Liberation Sans" style="normal" weight="normal"/>
      <font-triplet name="Liberation Sans" style="normal" weight="bold"/>
      </font></fonts></renderer></renderers></fop>
      """
          .formatted(FONT);

  private PdfDocument() {}

  /** Gives the font and nothing else: no document may load a file or an address. */
  private static final class OnlyTheFont implements ResourceResolver {
    @Override
    public Resource getResource(URI uri) throws IOException {
      if (!uri.equals(BASE.resolve(FONT))) {
        throw new FileNotFoundException(uri.toString());
      }
      InputStream font = PdfDocument.class.getResourceAsStream(FONT);
      if (font == null) {
        throw new IllegalStateException("the report module was built without " + FONT);
      }
      return new Resource(font);
    }

    @Override
    public OutputStream getOutputStream(URI uri) throws IOException {
      throw new FileNotFoundException(uri.toString());
    }
  }

  /**
   * @param formattingObjects a well-formed document
   */
  static byte[] of(String formattingObjects, Instant createdAt) {
    ByteArrayOutputStream pdf = new ByteArrayOutputStream();
    try {
      FopFactory factory =
          new FopConfParser(
                  new ByteArrayInputStream(SETTINGS.getBytes(StandardCharsets.UTF_8)),
                  BASE,
                  new OnlyTheFont())
              .getFopFactoryBuilder()
              .build();
      FOUserAgent agent = factory.newFOUserAgent();
      agent.setCreationDate(Date.from(createdAt));
      // What a font lacks is shown as a sign that stands for it; nothing is logged.
      agent.getEventBroadcaster().addEventListener(event -> {});
      SAXParserFactory parsers = SAXParserFactory.newDefaultNSInstance();
      parsers
          .newSAXParser()
          .parse(
              new InputSource(new StringReader(printable(formattingObjects))),
              factory.newFop(MimeConstants.MIME_PDF, agent, pdf).getDefaultHandler());
    } catch (SAXException | IOException | ParserConfigurationException broken) {
      throw new IllegalStateException("the PDF cannot be made", broken);
    }
    return pdf.toByteArray();
  }

  /** Names come from anywhere; XML has no place for most control characters. */
  private static String printable(String text) {
    return text.codePoints()
        .filter(PdfDocument::isInXml)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isInXml(int codePoint) {
    return codePoint == '\n'
        || codePoint == '\t'
        || (codePoint >= ' ' && codePoint <= 0xD7FF)
        || (codePoint >= 0xE000 && codePoint <= 0xFFFD)
        || codePoint >= 0x10000;
  }
}
