package io.gtrace.ledger.format;

import io.gtrace.ledger.format.ByteLines.Part;
import io.gtrace.ledger.format.ObjectReader.Place;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/**
 * The JSON objects of a text: one a line, several a line, over many lines, in lists, or any of
 * these by turns. Only a line is held, or an object that goes over lines, and neither if it is very
 * long. What is broken takes nothing with it: reading goes on at the line after the one where the
 * broken object begins.
 */
public final class JsonDocuments {
  private static final int LINES_BETWEEN_PROGRESS = 10_000;

  private final ByteLines lines;
  private final ObjectReader reader;
  private final JsonFactory json;

  /** Something before is broken: commas and closing brackets of what was around it are left. */
  private boolean fragment;

  /** The rest of a broken object is passed over up to a line that begins like it. */
  private boolean passing;

  private int indent;

  /**
   * @param in the text, in UTF-8
   */
  public JsonDocuments(InputStream in, JsonFactory json, ObjectReader reader) {
    this(new ByteLines(in), json, reader);
  }

  /**
   * @param text in UTF-8
   */
  public JsonDocuments(byte[] text, JsonFactory json, ObjectReader reader) {
    this(new ByteLines(text), json, reader);
  }

  private JsonDocuments(ByteLines lines, JsonFactory json, ObjectReader reader) {
    this.lines = lines;
    this.json = json;
    this.reader = reader;
  }

  /**
   * Reads to the end.
   *
   * @throws IOException if the text breaks off; what came before it has been handed out
   */
  public void read() throws IOException {
    try {
      readLines();
    } finally {
      reader.release();
    }
  }

  private void readLines() throws IOException {
    while (!reader.isDone() && lines.next()) {
      if (lines.number() % LINES_BETWEEN_PROGRESS == 0) {
        reader.progress(lines.bytesRead());
      }
      int from = firstSign();
      int last = lastSign();
      if (from > last || isRemainder(from, last)) {
        continue;
      }
      passing = false;
      if (!lines.isComplete() || !closes(from, last) || !wholeLine(from, last + 1)) {
        document();
      }
    }
  }

  private static boolean isBlank(byte sign) {
    return sign == ' ' || sign == '\t' || sign == '\r';
  }

  private int firstSign() {
    byte[] bytes = lines.bytes();
    int from = lines.from();
    boolean byteOrderMark =
        lines.number() == 1
            && lines.to() - from >= 3
            && bytes[from] == (byte) 0xEF
            && bytes[from + 1] == (byte) 0xBB
            && bytes[from + 2] == (byte) 0xBF;
    from += byteOrderMark ? 3 : 0;
    while (from < lines.to() && isBlank(bytes[from])) {
      from++;
    }
    if (fragment && from < lines.to() && bytes[from] == ',') {
      from++;
    }
    return from;
  }

  private int lastSign() {
    byte[] bytes = lines.bytes();
    int last = lines.to() - 1;
    while (last >= lines.from() && isBlank(bytes[last])) {
      last--;
    }
    if (fragment && last >= lines.from() && bytes[last] == ',') {
      last--;
    }
    return last;
  }

  private boolean begins(int from) {
    return lines.bytes()[from] == '{' || lines.bytes()[from] == '[';
  }

  /** Whether a line is what is left of something broken. */
  private boolean isRemainder(int from, int last) {
    if (!fragment) {
      return false;
    }
    if (passing && !(begins(from) && from - lines.from() <= indent)) {
      return true;
    }
    for (int i = from; i <= last; i++) {
      if (lines.bytes()[i] != ']' && lines.bytes()[i] != '}' && lines.bytes()[i] != ',') {
        return false;
      }
    }
    return true;
  }

  /** Whether a line may be whole by itself: one that is no JSON at all is refused as it is. */
  private boolean closes(int from, int last) {
    byte first = lines.bytes()[from];
    byte end = lines.bytes()[last];
    return first == '{' ? end == '}' : first != '[' || end == ']';
  }

  /**
   * Reads a line by itself.
   *
   * @return whether it was one; if it was not, nothing of it has been handed out
   */
  private boolean wholeLine(int from, int to) {
    long number = lines.number();
    Place place = new Place(number, true, fragment);
    try (JsonParser parser =
        json.createParser(ObjectReadContext.empty(), lines.bytes(), from, to - from)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        value(parser, place);
      }
      reader.release();
    } catch (UnexpectedEndOfInputException goesOn) {
      reader.drop();
      return false;
    } catch (JacksonException broken) {
      reader.release();
      reader.refused(JsonFault.of(number, broken, lines.copy().bytes()));
    }
    return true;
  }

  private void value(JsonParser parser, Place place) {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      reader.read(parser, place);
      if (!place.held()) {
        reader.release();
      }
    } else if (token == JsonToken.START_ARRAY) {
      list(parser, place);
    } else {
      notAnObject(parser, place);
    }
  }

  private void list(JsonParser parser, Place place) {
    boolean refused = false;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        value(parser, place);
      } else {
        parser.skipChildren();
        if (!refused) {
          notAnObject(parser, place);
          refused = true;
        }
      }
    }
  }

  private void notAnObject(JsonParser parser, Place place) {
    long line = place.firstLine() + Math.max(1, parser.currentTokenLocation().getLineNr()) - 1;
    boolean here = place.held() && line == lines.number();
    reader.refused(JsonFault.notAnObject(line, here ? DocumentBytes.text(lines.copy()) : ""));
  }

  /** Reads what begins with the line and goes on over others. */
  private void document() throws IOException {
    Place place = new Place(lines.number(), false, fragment);
    DocumentBytes bytes = new DocumentBytes(lines, fragment, reader::line);
    try (JsonParser parser = json.createParser(ObjectReadContext.empty(), bytes)) {
      do {
        if (parser.nextToken() == null) {
          return;
        }
        value(parser, place);
      } while (!bytes.isReadUpTo(parser.currentLocation().getByteOffset()));
    } catch (JacksonIOException unreadable) {
      reader.release();
      throw unreadable.getCause();
    } catch (JacksonException broken) {
      reader.release();
      long line = reader.line();
      if (line >= place.firstLine()) {
        goOnAfter(broken, bytes, line);
      } else {
        goOnBetween(broken, bytes, place.firstLine());
      }
    }
  }

  /** A record is broken. */
  private void goOnAfter(JacksonException broken, DocumentBytes bytes, long begun)
      throws IOException {
    long wrongIn = lines.number();
    List<Part> held = bytes.heldFrom(begun);
    byte[] first = held.isEmpty() ? new byte[0] : held.get(0).bytes();
    boolean early = broken instanceof UnexpectedEndOfInputException;
    fragment = true;
    indent = DocumentBytes.indentOf(first);
    if (wrongIn == begun && !early) {
      lines.skipRest();
      passing = !DocumentBytes.isClosed(first);
      reader.refused(JsonFault.of(begun, broken, first));
      return;
    }
    List<Part> after = held.stream().filter(part -> part.number() > begun).toList();
    if (after.isEmpty()) {
      lines.skipRest();
    }
    lines.pushBack(after);
    boolean sibling = !after.isEmpty() && DocumentBytes.beginsLike(after.get(0).bytes(), indent);
    passing = !sibling;
    String text = DocumentBytes.text(first);
    reader.refused(
        sibling || early
            ? JsonFault.endsEarly(begun, text)
            : JsonFault.goesWrongLater(begun, wrongIn, text));
  }

  /** No record is broken, but what is between or around them. */
  private void goOnBetween(JacksonException broken, DocumentBytes bytes, long firstLine)
      throws IOException {
    long wrongIn = lines.number();
    List<Part> last = bytes.heldFrom(wrongIn);
    boolean early = broken instanceof UnexpectedEndOfInputException;
    fragment = true;
    passing = false;
    if (wrongIn > firstLine && !early && !last.isEmpty()) {
      lines.pushBack(last);
      return;
    }
    lines.skipRest();
    byte[] text = last.isEmpty() ? new byte[0] : last.get(0).bytes();
    reader.refused(JsonFault.of(wrongIn, broken, text));
  }
}
