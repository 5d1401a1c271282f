package io.gtrace.ledger.format;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/**
 * Why a line is no record. The reason shows nothing of what the line holds, which may be anybody's
 * prompt.
 *
 * @param line from 1
 * @param reason for people
 * @param at where in the text it goes wrong, from 0; -1 where that is not known
 * @param text the line; empty where it is not held
 */
public record JsonFault(long line, String reason, int at, String text) {
  private static final int NOWHERE = -1;

  static JsonFault notAnObject(long line, String text) {
    return new JsonFault(line, "the line is not a JSON object", NOWHERE, text);
  }

  static JsonFault goesWrongLater(long line, long later, String text) {
    return new JsonFault(
        line, "the JSON object that begins here goes wrong in line " + later, NOWHERE, text);
  }

  static JsonFault withoutSurroundings(long line) {
    return new JsonFault(
        line,
        "the document that it stands in is broken before it: what holds for it is not known",
        NOWHERE,
        "");
  }

  static JsonFault endsEarly(long line, String text) {
    return new JsonFault(
        line, "the line ends before its JSON object does; write one object a line", NOWHERE, text);
  }

  static JsonFault of(long line, JacksonException broken, byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (broken instanceof UnexpectedEndOfInputException) {
      return endsEarly(line, text);
    }
    if (broken instanceof StreamConstraintsException) {
      return new JsonFault(
          line, "the line nests too deeply, or holds too long a name or number", NOWHERE, text);
    }
    if (text.indexOf('\0') >= 0) {
      return new JsonFault(line, "the line holds zero bytes: it is not text", NOWHERE, text);
    }
    if (!isUtf8(bytes)) {
      return new JsonFault(line, "the line is not text in UTF-8", NOWHERE, text);
    }
    int column = broken.getLocation() == null ? 0 : broken.getLocation().getColumnNr() - 1;
    int at = Math.max(0, Math.min(column, text.length() - 1));
    return new JsonFault(
        line, "the line is not JSON: it goes wrong at character " + (at + 1), at, text);
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException notText) {
      return false;
    }
  }
}
