package io.gtrace.server.page;

import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.Period;
import io.gtrace.server.organisation.LedgerView.Question;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A part of a ledger, as a form or a link names it.
 *
 * @param period of which
 * @param only what has these values; an empty one for what is not known
 */
record Selection(Period period, Map<GroupBy, String> only) {
  /** What a form writes for what is not known, since its empty field means any. */
  static final String NOT_STATED = "(not stated)";

  /** Dimensions that forms filter by. */
  static final List<GroupBy> FILTERS =
      List.of(GroupBy.TEAM, GroupBy.APP, GroupBy.MODEL, GroupBy.REGION, GroupBy.MODALITY);

  Selection {
    only = Map.copyOf(only);
  }

  /** All that somebody may see of a period. */
  static Selection of(Visit visit, Period period) {
    return new Selection(period, visit.only());
  }

  /**
   * What a form asks for; of one team alone where somebody may see no other.
   *
   * @param suffix of the names of its fields
   * @throws IllegalArgumentException if a time is none
   */
  static Selection read(Visit visit, String suffix) {
    Fields fields = visit.fields();
    Period period =
        Period.parse(
            "from" + suffix,
            fields.text("from" + suffix),
            "to" + suffix,
            fields.text("to" + suffix));
    Map<GroupBy, String> only = new TreeMap<>();
    for (GroupBy each : FILTERS) {
      fields
          .text(each.label() + suffix)
          .ifPresent(value -> only.put(each, value.equals(NOT_STATED) ? "" : value));
    }
    only.putAll(visit.only());
    return new Selection(period, only);
  }

  Question by(GroupBy... dimensions) {
    return new Question(List.of(dimensions), period, only);
  }

  /** The same with one value more. */
  Selection with(GroupBy dimension, String value) {
    Map<GroupBy, String> more = new TreeMap<>(only);
    more.put(dimension, value);
    return new Selection(period, more);
  }

  /** What stands in the field of a dimension. */
  String field(GroupBy dimension) {
    String value = only.get(dimension);
    return value == null ? "" : value.isEmpty() ? NOT_STATED : value;
  }

  String from() {
    return period.from().map(Instant::toString).orElse("");
  }

  String to() {
    return period.to().map(Instant::toString).orElse("");
  }

  /** Adds itself to a link. */
  Fields.Link on(Fields.Link link) {
    FILTERS.forEach(each -> link.with(each.label(), field(each)));
    return link.with("from", from()).with("to", to());
  }

  /** Where it is told how its carbon comes about. */
  String traceLink() {
    return on(Fields.link("/trace").with("of", "ledger")).toString();
  }

  /** In words, as in {@code model gpt-4o, team search, from 1 Mar 2026 00:00}. */
  String inWords() {
    StringBuilder text = new StringBuilder();
    for (GroupBy each : FILTERS) {
      Optional.of(field(each))
          .filter(value -> !value.isEmpty())
          .ifPresent(value -> add(text, LedgerLines.name(each) + " " + value));
    }
    period.from().ifPresent(from -> add(text, "from " + Moments.minute(from)));
    period.to().ifPresent(to -> add(text, "until " + Moments.minute(to)));
    return text.isEmpty() ? "everything" : text.toString();
  }

  private static void add(StringBuilder text, String part) {
    text.append(text.isEmpty() ? "" : ", ").append(part);
  }
}
