package io.gtrace.governance.disclosure;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A standard or law, in one version, with the fields of its form.
 *
 * @param act the text that it is read from, with its version
 * @param date of that version
 * @param source where it is published
 * @param note what a reader of a form should know
 * @param taxonomy namespace of the XBRL taxonomy that fields take their elements from; empty if
 *     there is none
 */
public record Standard(
    String id,
    String title,
    String act,
    Status status,
    LocalDate date,
    String source,
    String note,
    String taxonomy,
    Condition condition,
    List<Field> fields,
    List<Rule> rules) {

  /** How settled a text is. */
  public enum Status {
    PUBLISHED,
    DRAFT,
    /** Explained by its authors, and not yet in force. */
    EXPLAINED;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Standard {
    fields = List.copyOf(fields);
    rules = List.copyOf(rules);
  }

  public Optional<Field> field(String name) {
    return fields.stream().filter(each -> each.id().equals(name)).findFirst();
  }

  /** Whether the text is settled. */
  public boolean isInForce() {
    return status == Status.PUBLISHED;
  }

  /** What must stand on everything that is made of it; empty if it is settled throughout. */
  public String mark() {
    if (!isInForce()) {
      return status.label().toUpperCase(Locale.ROOT) + ", not in force: " + act + ", " + date;
    }
    return fields.stream().anyMatch(Field::isDraft)
        ? "Fields marked DRAFT are of a draft that is not in force"
        : "";
  }
}
