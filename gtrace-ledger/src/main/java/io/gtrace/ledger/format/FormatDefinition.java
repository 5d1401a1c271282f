package io.gtrace.ledger.format;

import io.gtrace.ledger.UsageColumn;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A format of usage.
 *
 * @param id its name on the command line
 * @param title its name for people
 * @param accounts what its records are, in a few words
 * @param documentation where its fields are documented; empty if nowhere
 * @param checked what the definition was checked against
 * @param note what its records do not tell, for people; may be empty
 * @param detect what a record of this format meets and one of another does not
 * @param records where in a document the records are; fields of the objects on the way hold for
 *     them too. Empty if a document is itself a record. Documents in a list are always apart
 * @param keep what a record must meet; others are left out, and counted
 * @param columns how columns come about
 * @param identity fields that together tell a record from all others, where no request id does;
 *     {@code attributes.*} are all of a list of attributes, but for those that stand there after a
 *     hyphen
 * @param carry what a record says for all later ones of a file too, until another says otherwise;
 *     by names that begin with {@link #CARRIED} and stand where paths do
 * @param repeats whether a record that is there again replaces the earlier one with its request id
 * @param joined whether such a record only adds to the earlier one, as where a log tells of one
 *     call in several places
 * @param lines of a log in plain text: what its lines look like that are records, with named groups
 *     for fields; empty for JSON and tables
 * @param zone of times that name none
 */
public record FormatDefinition(
    String id,
    String title,
    String accounts,
    String documentation,
    Checked checked,
    String note,
    List<Condition> detect,
    List<Step> records,
    List<Condition> keep,
    Map<UsageColumn, Rule> columns,
    List<String> identity,
    Map<String, Rule> carry,
    boolean repeats,
    boolean joined,
    List<Pattern> lines,
    ZoneId zone) {
  /**
   * Stands before the attributes of an identity in a request id. Ledgers that began with plain ids
   * know records by what stands before it.
   */
  public static final char ATTRIBUTES = '\u001f';

  /** How names of what is carried over begin. */
  public static final String CARRIED = "$";

  /** What a definition was checked against. */
  public enum Checked {
    /** Field names are those of the documentation or of the code that writes the format. */
    DOCUMENTATION("documentation"),
    /** It was tried on a file that the tool wrote. */
    EXPORT("real export"),
    /** It is the user's. */
    OWN("own mapping");

    private final String label;

    Checked(String label) {
      this.label = label;
    }

    /** How definitions call it. */
    public String label() {
      return label;
    }

    static Optional<Checked> labelled(String label) {
      return Stream.of(values()).filter(each -> each.label.equals(label)).findFirst();
    }
  }

  /**
   * A step from an object towards its records.
   *
   * @param keys the names in the object that lead on
   * @param list whether a list is there, each object of which leads on, or an object
   */
  public record Step(List<String> keys, boolean list) {
    public Step {
      keys = List.copyOf(keys);
    }
  }

  public FormatDefinition {
    detect = List.copyOf(detect);
    records = List.copyOf(records);
    keep = List.copyOf(keep);
    columns = columns.isEmpty() ? Map.of() : new EnumMap<>(columns);
    identity = List.copyOf(identity);
    carry = Map.copyOf(carry);
    lines = List.copyOf(lines);
  }

  /** The paths of all fields that are read from records. */
  public List<String> paths() {
    return Stream.of(
            detect.stream().flatMap(Condition::paths),
            keep.stream().flatMap(Condition::paths),
            columns.values().stream().flatMap(Rule::paths),
            identity.stream().filter(path -> !path.startsWith(FieldNode.WITHOUT)),
            carry.values().stream().flatMap(Rule::paths))
        .flatMap(paths -> paths)
        .filter(path -> !path.startsWith(CARRIED))
        .distinct()
        .toList();
  }
}
