package io.gtrace.report;

import io.gtrace.governance.gate.GateCheck;
import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Checks of a gate as a JUnit report, which pipelines show as tests. */
public final class GateJunit {
  private GateJunit() {}

  /**
   * @param strict whether a check that holds by its median alone fails
   */
  public static String of(List<GateCheck> checks, boolean strict) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("testsuite");
      xml.writeAttribute("name", "G-TRACE gate");
      xml.writeAttribute("tests", Integer.toString(checks.size()));
      xml.writeAttribute(
          "failures", Long.toString(checks.stream().filter(check -> fails(check, strict)).count()));
      for (GateCheck check : checks) {
        write(xml, check, strict);
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException("a text cannot fail to be written", impossible);
    }
    return text + "\n";
  }

  private static boolean fails(GateCheck check, boolean strict) {
    return switch (check.outcome()) {
      case PASS -> false;
      case UNCERTAIN -> strict;
      case FAIL -> true;
    };
  }

  private static void write(XMLStreamWriter xml, GateCheck check, boolean strict)
      throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", "gtrace.gate");
    xml.writeAttribute("name", check.id());
    String line = GateWords.line(check);
    if (fails(check, strict)) {
      xml.writeStartElement("failure");
      xml.writeAttribute("message", line);
    } else {
      xml.writeStartElement("system-out");
      xml.writeCharacters(line);
    }
    xml.writeEndElement();
    xml.writeEndElement();
  }
}
