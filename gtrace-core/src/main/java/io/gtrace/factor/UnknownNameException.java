package io.gtrace.factor;

import java.util.List;
import java.util.Locale;

/** A model, place or device that the catalogue does not know. */
public final class UnknownNameException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final String unknown;
  private final transient List<String> nearest;

  /** What the name was taken for. */
  public enum Kind {
    MODEL,
    PLACE,
    DEVICE;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param nearest known names, most similar first
   */
  public UnknownNameException(Kind kind, String unknown, List<String> nearest) {
    this("", kind, unknown, nearest);
  }

  private UnknownNameException(String where, Kind kind, String unknown, List<String> nearest) {
    super(
        where
            + "unknown "
            + kind.label()
            + " '"
            + unknown
            + "'"
            + (nearest.isEmpty() ? "" : "; nearest: " + String.join(", ", nearest)));
    this.kind = kind;
    this.unknown = unknown;
    this.nearest = List.copyOf(nearest);
  }

  /**
   * The same, told with where the name stands.
   *
   * @param place file, line and field
   */
  public UnknownNameException at(String place) {
    return new UnknownNameException(place + ": ", kind, unknown, nearest);
  }

  public Kind kind() {
    return kind;
  }

  public String unknown() {
    return unknown;
  }

  /** At most three known names, most similar first. */
  public List<String> nearest() {
    return nearest;
  }
}
