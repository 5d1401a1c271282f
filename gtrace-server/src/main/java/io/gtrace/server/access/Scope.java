package io.gtrace.server.access;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What somebody may do. */
public enum Scope {
  /** Send usage. */
  INGEST,
  /** See figures. */
  READ,
  /** Start and cancel studies. */
  STUDY,
  /** Change factors, mappings and tokens. */
  ADMIN;

  /** The name in tokens and on the command line, as in {@code ingest}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one of a name. */
  public static Optional<Scope> named(String label) {
    return Stream.of(values()).filter(each -> each.label().equals(label)).findFirst();
  }
}
