package io.gtrace.ledger.format;

import io.gtrace.ledger.UsageColumn;
import io.gtrace.ledger.format.FieldValues.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A definition made ready to be applied to many records. */
final class CompiledFormat {
  private static final Pattern GROUP = Pattern.compile("\\(\\?<([a-zA-Z][a-zA-Z0-9]*)>");

  private final FormatDefinition definition;
  private final Map<String, Integer> slots = new LinkedHashMap<>();
  private final FieldNode root = new FieldNode();
  private final List<Column> columns = new ArrayList<>();
  private final List<Test> detect;
  private final List<Test> keep;
  private final List<Carried> carried = new ArrayList<>();
  private final int[] identity;
  private final int[] attributes;
  private final List<LinePattern> lines;

  private record Column(UsageColumn column, Expression expression, List<Integer> slots) {}

  /** A condition, and where its fields are. */
  private record Test(Condition condition, List<Integer> slots, Optional<Test> or) {
    boolean isMet(FieldValues fields) {
      return isMetItself(fields) || (or.isPresent() && or.get().isMet(fields));
    }

    private boolean isMetItself(FieldValues fields) {
      String text = "";
      for (int slot : slots) {
        String there = fields.text(slot);
        if (there != null && !there.isBlank()) {
          text = there;
          break;
        }
        // That a field is an object or a list is enough where only its being there is asked.
        if (condition.asksPresence() && fields.hasFaults() && fields.fault(slot) != null) {
          return true;
        }
      }
      return condition.isMetBy(text);
    }
  }

  /** What holds for later records too. */
  record Carried(int slot, Expression expression) {}

  CompiledFormat(FormatDefinition definition) {
    this.definition = definition;
    for (String path : definition.paths()) {
      root.want(path, slots.size());
      slots.put(path, slots.size());
    }
    definition.carry().keySet().forEach(name -> slots.put(name, slots.size()));
    definition
        .carry()
        .forEach(
            (name, rule) -> carried.add(new Carried(slot(name), Expression.of(rule, this::slot))));
    definition
        .columns()
        .forEach((column, rule) ->
            columns.add(
                new Column(
                    column,
                    Expression.of(rule, this::slot),
                    rule.paths().map(this::slot).toList())));
    detect = tests(definition.detect());
    keep = tests(definition.keep());
    identity =
        definition.identity().stream()
            .filter(path -> !path.startsWith(FieldNode.WITHOUT) && !path.endsWith(FieldNode.ALL))
            .mapToInt(this::slot)
            .toArray();
    attributes =
        definition.identity().stream()
            .filter(path -> path.endsWith(FieldNode.ALL))
            .mapToInt(this::slot)
            .toArray();
    leaveOut();
    lines = definition.lines().stream().map(this::line).toList();
  }

  private void leaveOut() {
    List<String> lists =
        definition.identity().stream()
            .filter(path -> path.endsWith(FieldNode.ALL))
            .map(path -> path.substring(0, path.length() - FieldNode.ALL.length()))
            .toList();
    for (String path : definition.identity()) {
      for (String list : lists) {
        String start = FieldNode.WITHOUT + list + ".";
        if (path.startsWith(start)) {
          root.leaveOut(list, path.substring(start.length()));
        }
      }
    }
  }

  /** What a line looks like, and where its groups go. */
  private record LinePattern(Pattern pattern, Map<String, Integer> slots) {}

  private LinePattern line(Pattern pattern) {
    Map<String, Integer> groups = new LinkedHashMap<>();
    Matcher names = GROUP.matcher(pattern.pattern());
    while (names.find()) {
      String name = names.group(1);
      if (slot(name) >= 0) {
        groups.put(name, slot(name));
      }
    }
    return new LinePattern(pattern, groups);
  }

  /** What a line of a log tells; null if it is no record. */
  @Nullable FieldValues line(long number, String text) {
    for (LinePattern each : lines) {
      Matcher found = each.pattern().matcher(text);
      if (found.find()) {
        FieldValues fields = new FieldValues(slotCount(), number);
        each.slots()
            .forEach((name, slot) -> {
              String value = found.group(name);
              if (value != null && !value.isBlank()) {
                fields.put(slot, value);
              }
            });
        return fields;
      }
    }
    return null;
  }

  private List<Test> tests(List<Condition> conditions) {
    return conditions.stream().map(this::test).toList();
  }

  private Test test(Condition condition) {
    return new Test(
        condition,
        condition.fields().stream().map(this::slot).toList(),
        condition.or().map(this::test));
  }

  /** Where the value of a path is; -1 if it is not wanted. */
  int slot(String path) {
    return slots.getOrDefault(path, -1);
  }

  FormatDefinition definition() {
    return definition;
  }

  /** The tree of all wanted fields of a record. */
  FieldNode root() {
    return root;
  }

  int slotCount() {
    return slots.size();
  }

  /** How many of the signs of this format a record has. */
  int signs(FieldValues fields) {
    int signs = 0;
    for (Test each : detect) {
      signs += each.isMet(fields) ? 1 : 0;
    }
    return signs;
  }

  /** What holds for later records too. */
  List<Carried> carried() {
    return carried;
  }

  /** Whether a record is usage. */
  boolean keeps(FieldValues fields) {
    return meets(keep, fields);
  }

  private static boolean meets(List<Test> tests, FieldValues fields) {
    for (Test each : tests) {
      if (!each.isMet(fields)) {
        return false;
      }
    }
    return true;
  }

  /** Hands over what a record holds for each column. */
  void columns(FieldValues fields, ColumnValues values) {
    boolean identified = false;
    for (Column each : columns) {
      String text = each.expression().of(fields);
      if (text != null) {
        values.put(each.column(), text);
        identified |= each.column() == UsageColumn.REQUEST_ID;
      }
      if (fields.hasFaults()) {
        faults(each, text, fields, values);
      }
    }
    if (!identified && identity.length > 0) {
      identify(fields, values);
    }
  }

  private static void faults(
      Column column, @Nullable String text, FieldValues fields, ColumnValues values) {
    for (int slot : column.slots()) {
      Fault fault = fields.fault(slot);
      if (fault != null && fault.twice() && column.column().isAmount()) {
        values.fault(
            column.column(),
            "is there twice"
                + (Numerals.read(fault.text()) == null
                    ? " and not the same"
                    : ", as " + fields.text(slot) + " and as " + fault.text()));
      } else if (fault != null && !fault.twice() && text == null) {
        values.fault(
            column.column(),
            "must be a "
                + (column.column().isAmount() ? "number" : "text")
                + ", not "
                + fault.text());
      }
    }
  }

  private void identify(FieldValues fields, ColumnValues values) {
    StringBuilder id = new StringBuilder(definition.id());
    boolean something = false;
    for (int slot : identity) {
      String text = fields.text(slot);
      id.append('|').append(text == null ? "" : text);
      something |= text != null;
    }
    for (int slot : attributes) {
      String text = fields.text(slot);
      id.append(FormatDefinition.ATTRIBUTES).append(text == null ? "" : text);
      something |= text != null;
    }
    if (something) {
      values.put(UsageColumn.REQUEST_ID, id.toString());
    }
  }
}
