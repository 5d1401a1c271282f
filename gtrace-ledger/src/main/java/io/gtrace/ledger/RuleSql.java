package io.gtrace.ledger;

import io.gtrace.ledger.format.Condition;
import io.gtrace.ledger.format.FormatDefinition;
import io.gtrace.ledger.format.Rule;
import io.gtrace.ledger.store.LedgerDatabase;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rules of a format in the words of the embedded database: the columns that it is to read from a
 * file of JSON lines, and how columns of usage come of them, as text or NULL. What cannot be said
 * so, such as records within records, is left to the reader that takes every record in turn.
 */
final class RuleSql {
  /** Fields by name; an object within is another such map. */
  private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

  private final Map<UsageColumn, String> columns = new EnumMap<>(UsageColumn.class);
  private String kept = "true";

  private RuleSql() {}

  /** Thrown where a rule cannot be said; never leaves this class. */
  private static final class NotSaid extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /** The rules of a format; empty if it cannot be said. */
  static Optional<RuleSql> of(FormatDefinition format) {
    boolean flat =
        format.records().isEmpty()
            && format.carry().isEmpty()
            && !format.repeats()
            && format.identity().isEmpty()
            && format.zone().normalized().equals(ZoneOffset.UTC);
    if (!flat) {
      return Optional.empty();
    }
    RuleSql sql = new RuleSql();
    try {
      List<String> conditions = new ArrayList<>();
      for (Condition condition : format.keep()) {
        conditions.add(sql.condition(condition));
      }
      for (Map.Entry<UsageColumn, Rule> column : format.columns().entrySet()) {
        sql.columns.put(column.getKey(), sql.text(column.getValue()));
      }
      sql.kept = conditions.isEmpty() ? "true" : String.join(" AND ", conditions);
      return Optional.of(sql);
    } catch (NotSaid rule) {
      return Optional.empty();
    }
  }

  /** Fields that have the names of columns. */
  static RuleSql ofPlainColumns() {
    RuleSql sql = new RuleSql();
    for (UsageColumn column : UsageColumn.values()) {
      column.names().forEach(name -> sql.fields.put(name, null));
      String first =
          column.names().stream().map(RuleSql::unlessBlank).collect(Collectors.joining(", "));
      sql.columns.put(
          column,
          column.isAmount() && column.names().size() > 1
              ? "CASE WHEN " + sql.agree(column) + " THEN coalesce(" + first + ") ELSE 'odd' END"
              : "coalesce(" + first + ")");
    }
    return sql;
  }

  /** An amount that is there under several names must be the same. */
  private String agree(UsageColumn column) {
    List<String> pairs = new ArrayList<>();
    List<String> names = column.names();
    for (int i = 1; i < names.size(); i++) {
      for (int j = 0; j < i; j++) {
        pairs.add("coalesce(" + quoted(names.get(i)) + " = " + quoted(names.get(j)) + ", true)");
      }
    }
    return String.join(" AND ", pairs);
  }

  /** The fields as the reader of JSON takes them: names with their types. */
  String fields() {
    return type(fields, ": ", "'");
  }

  private static String type(Map<String, @Nullable Object> fields, String colon, String quote) {
    return fields.entrySet().stream()
        .map(field -> quoted(field.getKey()) + colon + quote + type(field.getValue()) + quote)
        .collect(Collectors.joining(", "));
  }

  @SuppressWarnings("unchecked") // only this class puts objects there
  private static String type(@Nullable Object field) {
    return field instanceof Map<?, ?> inner
        ? "STRUCT(" + type((Map<String, @Nullable Object>) inner, " ", "") + ")"
        : "VARCHAR";
  }

  /** A column of usage; NULL where the format does not tell it. */
  String column(UsageColumn column) {
    return columns.getOrDefault(column, "NULL::VARCHAR");
  }

  /** Whether a record is one to keep. */
  String kept() {
    return kept;
  }

  private String text(Rule rule) throws NotSaid {
    if (rule instanceof Rule.Field field) {
      return unlessBlank(field(field.path()));
    }
    if (rule instanceof Rule.Always always) {
      return "nullif(" + LedgerDatabase.text(always.text().strip()) + ", '')";
    }
    if (rule instanceof Rule.First first) {
      List<String> of = new ArrayList<>();
      for (Rule each : first.of()) {
        of.add(text(each));
      }
      return "coalesce(" + String.join(", ", of) + ")";
    }
    if (rule instanceof Rule.Sum sum) {
      return sum(sum);
    }
    if (rule instanceof Rule.Choice choice) {
      String of = text(choice.of());
      String cases =
          choice.values().entrySet().stream()
              .sorted(Map.Entry.comparingByKey())
              .map(value ->
                  " WHEN "
                      + LedgerDatabase.text(value.getKey())
                      + " THEN "
                      + LedgerDatabase.text(value.getValue()))
              .collect(Collectors.joining());
      String otherwise = choice.otherwise().map(LedgerDatabase::text).orElse(of);
      return "CASE WHEN "
          + of
          + " IS NULL THEN NULL ELSE nullif(CASE "
          + of
          + cases
          + " ELSE "
          + otherwise
          + " END, '') END";
    }
    if (rule instanceof Rule.Prefixed prefixed) {
      return LedgerDatabase.text(prefixed.prefix()) + " || " + text(prefixed.of());
    }
    if (rule instanceof Rule.Match match) {
      return "nullif(regexp_extract("
          + text(match.of())
          + ", "
          + LedgerDatabase.text(match.pattern().pattern())
          + ", 1), '')";
    }
    if (rule instanceof Rule.Given given) {
      return "CASE WHEN " + condition(given.condition()) + " THEN " + text(given.of()) + " END";
    }
    throw new NotSaid();
  }

  private String sum(Rule.Sum sum) throws NotSaid {
    List<String> plus = new ArrayList<>();
    List<String> all = new ArrayList<>();
    StringBuilder total = new StringBuilder("0");
    for (Rule each : sum.plus()) {
      plus.add(text(each));
    }
    all.addAll(plus);
    plus.forEach(each -> total.append(" + ").append(amount(each)));
    for (Rule each : sum.minus()) {
      String text = text(each);
      all.add(text);
      total.append(" - ").append(amount(text));
    }
    String odd =
        all.stream()
            .map(each ->
                "(" + each + " IS NOT NULL AND coalesce(try_cast(" + each + " AS BIGINT), -1) < 0)")
            .collect(Collectors.joining(" OR "));
    return "CASE WHEN "
        + odd
        + " THEN 'odd' WHEN coalesce("
        + String.join(", ", plus)
        + ") IS NOT NULL THEN greatest(0, "
        + total
        + ")::VARCHAR END";
  }

  private static String amount(String text) {
    return "coalesce(try_cast(" + text + " AS BIGINT), 0)";
  }

  private String condition(Condition condition) throws NotSaid {
    List<String> of = new ArrayList<>();
    for (String path : condition.fields()) {
      of.add(unlessBlank(field(path)));
    }
    String text = "coalesce(" + String.join(", ", of) + ", '')";
    List<String> asked = new ArrayList<>();
    if (!condition.is().isEmpty()) {
      asked.add(text + " IN " + list(condition.is()));
    }
    if (!condition.not().isEmpty()) {
      asked.add(text + " NOT IN " + list(condition.not()));
    }
    condition
        .matches()
        .ifPresent(pattern ->
            asked.add(
                "regexp_matches(" + text + ", " + LedgerDatabase.text(pattern.pattern()) + ")"));
    return asked.isEmpty() ? text + " <> ''" : "(" + String.join(" AND ", asked) + ")";
  }

  private static String list(List<String> texts) {
    return texts.stream().map(LedgerDatabase::text).collect(Collectors.joining(", ", "(", ")"));
  }

  /** Notes a field among those to be read, and gives the words for it. */
  @SuppressWarnings("unchecked") // only this class puts objects there
  private String field(String path) throws NotSaid {
    List<String> names = Arrays.asList(path.split("\\.", -1));
    Map<String, @Nullable Object> at = fields;
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (name.isEmpty() || name.startsWith(FormatDefinition.CARRIED) || name.matches("\\d+")) {
        throw new NotSaid();
      }
      boolean last = i == names.size() - 1;
      Object there = at.get(name);
      if (at.containsKey(name) && last != (there == null)) {
        throw new NotSaid();
      }
      if (last) {
        at.put(name, null);
      } else {
        at = (Map<String, @Nullable Object>) inner(at, name, there);
      }
    }
    return quoted(names.get(0))
        + names.stream()
            .skip(1)
            .map(name -> "[" + LedgerDatabase.text(name) + "]")
            .collect(Collectors.joining());
  }

  private static Object inner(
      Map<String, @Nullable Object> at, String name, @Nullable Object there) {
    if (there != null) {
      return there;
    }
    Map<String, @Nullable Object> made = new LinkedHashMap<>();
    at.put(name, made);
    return made;
  }

  /** Hardly any text has blanks around it, and looking for them costs more than asking. */
  private static String unlessBlank(String field) {
    String text = field.startsWith("\"") ? field : quoted(field);
    return "CASE WHEN starts_with("
        + text
        + ", ' ') OR ends_with("
        + text
        + ", ' ') THEN nullif(trim("
        + text
        + "), '') ELSE nullif("
        + text
        + ", '') END";
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
