package io.gtrace.ledger.format;

import io.gtrace.ledger.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/** The formats that are known. */
public final class Formats {
  private static final String LIST = "formats.txt";

  private final List<FormatDefinition> definitions;
  private final List<CompiledFormat> compiled;

  /** Read when they are first asked for: many commands need none. */
  private static final class Shipped {
    private static final Formats FORMATS = read();
  }

  private Formats(List<FormatDefinition> definitions) {
    this.definitions = definitions;
    compiled = definitions.stream().map(CompiledFormat::new).toList();
  }

  /** The shipped ones, in the order of their list. */
  public static Formats shipped() {
    return Shipped.FORMATS;
  }

  private static Formats read() {
    return new Formats(
        resource(LIST)
            .lines()
            .filter(line -> !line.isBlank())
            .map(id -> FormatFile.read(id + ".yaml", resource(id + ".yaml")))
            .toList());
  }

  /**
   * One definition alone: a user's mapping file.
   *
   * @throws UsageException if it cannot be read or is not of this form; the message says where
   */
  public static FormatDefinition mapping(Path file) {
    return FormatFile.read(file);
  }

  private static String resource(String name) {
    try (InputStream in = Formats.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** All, in the order in which they are listed. */
  public List<FormatDefinition> all() {
    return definitions;
  }

  /** All, made ready to be applied. */
  List<CompiledFormat> compiled() {
    return compiled;
  }

  /** One definition made ready to be applied; of ours it is so already. */
  CompiledFormat compiled(FormatDefinition definition) {
    int at = definitions.indexOf(definition);
    return at < 0 ? new CompiledFormat(definition) : compiled.get(at);
  }

  /**
   * The one of a name.
   *
   * @throws UsageException if there is none
   */
  public FormatDefinition named(String id) {
    Optional<FormatDefinition> found =
        definitions.stream().filter(each -> each.id().equals(id)).findFirst();
    return found.orElseThrow(() ->
        new UsageException(
            "there is no usage format '"
                + id
                + "'; did you mean "
                + nearest(id)
                + "? (gtrace formats lists them)"));
  }

  private String nearest(String id) {
    JaroWinklerSimilarity similarity = new JaroWinklerSimilarity();
    return definitions.stream()
        .map(FormatDefinition::id)
        .max(Comparator.comparingDouble(known -> similarity.apply(id, known)))
        .orElse("");
  }
}
