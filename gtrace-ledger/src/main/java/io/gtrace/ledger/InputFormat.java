package io.gtrace.ledger;

import io.gtrace.ledger.format.FormatDefinition;
import io.gtrace.ledger.format.Formats;
import java.nio.file.Path;

/** As what usage is read. */
public sealed interface InputFormat {
  /** The name of {@link Plain} among the formats. */
  String PLAIN = "plain";

  /** As what its beginning looks like; where it looks like no known format, as columns by name. */
  record Detected() implements InputFormat {}

  /** As columns by name. */
  record Plain() implements InputFormat {}

  /** As records of a format. */
  record Defined(FormatDefinition definition) implements InputFormat {}

  /** Told by the content of each file. */
  static InputFormat detected() {
    return new Detected();
  }

  /**
   * A format by its name.
   *
   * @throws UsageException if there is none of that name
   */
  static InputFormat named(String id) {
    return id.equals(PLAIN) ? new Plain() : new Defined(Formats.shipped().named(id));
  }

  /**
   * The format of a mapping file.
   *
   * @throws UsageException if it cannot be read or is not of its form; the message says where
   */
  static InputFormat mapping(Path file) {
    return new Defined(Formats.mapping(file));
  }
}
