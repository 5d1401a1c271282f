package io.gtrace.governance.guidance;

import io.gtrace.simulation.document.Document;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * Something that can be done or demanded.
 *
 * @param means what it is, in words
 * @param audiences who can pull it
 * @param scenario of a study, that shows what it does to a wave; empty if none does
 * @param beside the scenario without the lever, that the other is held against; empty for the wave
 *     as it was
 * @param informs the scenario that people choose or not by what the lever lets them know
 * @param indicator of the pyramid, whose action it is for one organisation
 */
public record Lever(
    String id,
    String title,
    String means,
    List<Audience> audiences,
    Optional<String> scenario,
    Optional<String> beside,
    Optional<String> informs,
    String indicator) {
  private static final String FILE = "levers.yaml";

  public Lever {
    audiences = List.copyOf(audiences);
  }

  /** Those that ship. */
  public static List<Lever> shipped() {
    try (InputStream in = Lever.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing from the build");
      }
      JsonNode root =
          Document.read(FILE, new String(in.readAllBytes(), StandardCharsets.UTF_8)).root();
      return StreamSupport.stream(root.spliterator(), false).map(Lever::lever).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " cannot be read", e);
    }
  }

  private static Lever lever(JsonNode lever) {
    return new Lever(
        lever.get("id").stringValue(),
        lever.get("title").stringValue(),
        lever.get("means").stringValue(),
        StreamSupport.stream(lever.get("audiences").spliterator(), false)
            .map(each -> Audience.valueOf(each.stringValue().toUpperCase(Locale.ROOT)))
            .toList(),
        text(lever, "scenario"),
        text(lever, "beside"),
        text(lever, "informs"),
        lever.get("indicator").stringValue());
  }

  private static Optional<String> text(JsonNode lever, String field) {
    return Optional.ofNullable(lever.path(field).stringValue(null));
  }
}
