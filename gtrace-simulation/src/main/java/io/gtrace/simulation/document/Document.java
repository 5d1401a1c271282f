package io.gtrace.simulation.document;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * A file as it was written: a tree of fields, each known by its JSON pointer, with the line that it
 * came from.
 *
 * @param root the fields
 * @param places file and line of each field, by its pointer
 */
public record Document(JsonNode root, Map<String, String> places) {
  private static final int MAX_BYTES = 4 << 20;

  public Document {
    places = Collections.unmodifiableMap(new TreeMap<>(places));
  }

  /**
   * Reads YAML, of which JSON is a part.
   *
   * @param file its name, for messages
   * @throws DocumentException if the text is neither
   */
  public static Document read(String file, String yaml) {
    return YamlTree.read(file, yaml);
  }

  /**
   * The text of a file in UTF-8.
   *
   * @param kind what the file should be, for messages
   * @throws DocumentException if it is not there, no text or larger than 4 MiB
   */
  public static String text(Path file, String kind) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new DocumentException(file + ": is larger than 4 MB; that is no " + kind);
      }
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
          .toString();
    } catch (NoSuchFileException missing) {
      throw new DocumentException(file + ": there is no such file");
    } catch (CharacterCodingException notText) {
      throw new DocumentException(file + ": is not text in UTF-8");
    } catch (IOException unreadable) {
      throw new DocumentException(file + ": cannot be read: " + unreadable.getMessage());
    }
  }

  /** The field at a JSON pointer; a missing node if it is not there. */
  public JsonNode at(String pointer) {
    return root.at(JsonPointer.compile(pointer));
  }

  /** Where a field, or else the nearest around it, was written: file and line. */
  public String place(String pointer) {
    String known = pointer;
    while (!places.containsKey(known) && !known.isEmpty()) {
      known = known.substring(0, known.lastIndexOf('/'));
    }
    return places.getOrDefault(known, "the file");
  }

  /** What is wrong with a field, for people. */
  public String remark(String pointer, String what) {
    String field =
        pointer.isEmpty()
            ? ""
            : ", " + pointer.substring(1).replace('/', '.').replace("~1", "/").replace("~0", "~");
    return place(pointer) + field + ": " + what;
  }

  /** The same, to be thrown. */
  public DocumentException fault(String pointer, String what) {
    return new DocumentException(remark(pointer, what));
  }
}
