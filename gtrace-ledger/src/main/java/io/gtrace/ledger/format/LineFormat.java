package io.gtrace.ledger.format;

import io.gtrace.ledger.UsageColumn;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How records that are each one line of JSON are read as bytes, without a text for every field.
 * What the texts of a record mean is found out once for all records that say the same ({@link
 * FieldMemory}); tokens, times and ids are read one by one ({@link LineCursor}).
 */
public final class LineFormat {
  /** Amounts that are read as whole numbers. */
  public static final List<UsageColumn> COUNTS =
      List.of(
          UsageColumn.REQUESTS,
          UsageColumn.INPUT_TOKENS,
          UsageColumn.CACHED_INPUT_TOKENS,
          UsageColumn.OUTPUT_TOKENS,
          UsageColumn.REASONING_TOKENS);

  /** Of records with names of columns: whether the same may come again with larger amounts. */
  public static final String GROWS = "gtrace_grows";

  /** What differs from record to record, and is looked for in the first field that has it. */
  private static final Set<UsageColumn> SINGLE =
      EnumSet.of(UsageColumn.WHEN, UsageColumn.REQUEST_ID);

  private final CompiledFormat format;
  private final Function<String, String> fieldNamed;
  private final List<LineAmount> counts;
  private final int[] when;
  private final int[] requestId;
  private final int[] user;
  private final int[] others;
  private final int[] meaning;

  private LineFormat(
      CompiledFormat format, Function<String, String> fieldNamed, List<LineAmount> counts) {
    this.format = format;
    this.fieldNamed = fieldNamed;
    this.counts = counts;
    when = single(UsageColumn.WHEN);
    requestId = single(UsageColumn.REQUEST_ID);
    user = slots(UsageColumn.USER).toArray();
    others =
        Stream.of(UsageColumn.values())
            .filter(column -> column.isAmount() && !COUNTS.contains(column))
            .flatMapToInt(this::slots)
            .distinct()
            .toArray();
    meaning =
        IntStream.concat(
                format.definition().keep().stream()
                    .flatMap(Condition::paths)
                    .mapToInt(format::slot),
                Stream.of(UsageColumn.values())
                    .filter(LineFormat::isMeaning)
                    .flatMapToInt(this::slots))
            .distinct()
            .toArray();
  }

  /** Whether a column is read anew from each record, and not told by texts that many share. */
  public static boolean isSingle(UsageColumn column) {
    return column.isAmount() || SINGLE.contains(column);
  }

  private static boolean isMeaning(UsageColumn column) {
    return !isSingle(column) && column != UsageColumn.USER;
  }

  private IntStream slots(UsageColumn column) {
    Rule rule = format.definition().columns().get(column);
    return rule == null ? IntStream.empty() : rule.paths().mapToInt(format::slot).distinct();
  }

  private int[] single(UsageColumn column) {
    return slots(column).toArray();
  }

  /**
   * How the lines of a format are read; empty if its records are not lines, or depend on others.
   */
  public static Optional<LineFormat> of(FormatDefinition definition) {
    boolean apart =
        definition.records().isEmpty()
            && definition.lines().isEmpty()
            && definition.carry().isEmpty()
            && !definition.repeats()
            && definition.identity().isEmpty()
            && definition.zone().normalized().equals(ZoneOffset.UTC);
    return apart ? of(definition, name -> name) : Optional.empty();
  }

  /** How lines are read of which the fields have the names of columns. */
  public static LineFormat ofColumnNames() {
    Map<UsageColumn, Rule> columns = new EnumMap<>(UsageColumn.class);
    for (UsageColumn column : UsageColumn.values()) {
      columns.put(column, new Rule.Field(column.label()));
    }
    FormatDefinition definition =
        new FormatDefinition(
            "",
            "",
            "",
            "",
            FormatDefinition.Checked.OWN,
            "",
            List.of(),
            List.of(),
            List.of(),
            columns,
            List.of(),
            Map.of(),
            false,
            false,
            List.of(),
            ZoneId.of("UTC"));
    // A record that grows is to be judged by itself, as those are that have other amounts.
    String judged =
        Stream.of(UsageColumn.values())
            .filter(column -> column.isAmount() && !COUNTS.contains(column))
            .findFirst()
            .orElseThrow()
            .label();
    return of(
            definition,
            name ->
                name.equals(GROWS)
                    ? judged
                    : UsageColumn.named(name).map(UsageColumn::label).orElse(""))
        .orElseThrow();
  }

  private static Optional<LineFormat> of(
      FormatDefinition definition, Function<String, String> fieldNamed) {
    CompiledFormat format = new CompiledFormat(definition);
    Map<UsageColumn, Rule> columns = definition.columns();
    if (!columns.entrySet().stream()
        .filter(column -> SINGLE.contains(column.getKey()))
        .allMatch(column -> isFirstField(column.getValue()))) {
      return Optional.empty();
    }
    List<Optional<LineAmount>> counts =
        COUNTS.stream()
            .map(column ->
                columns.containsKey(column)
                    ? LineAmount.of(columns.get(column), format::slot)
                    : Optional.of(LineAmount.NONE))
            .toList();
    if (counts.stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    LineFormat lines =
        new LineFormat(format, fieldNamed, counts.stream().map(Optional::orElseThrow).toList());
    return lines.sayMeaningApart() ? Optional.of(lines) : Optional.empty();
  }

  private static boolean isFirstField(Rule rule) {
    return rule instanceof Rule.Field
        || (rule instanceof Rule.First first
            && first.of().stream().allMatch(LineFormat::isFirstField));
  }

  /** Whether no field that differs from record to record tells what a record means. */
  private boolean sayMeaningApart() {
    Set<Integer> differing = new HashSet<>();
    COUNTS.forEach(column -> slots(column).forEach(differing::add));
    SINGLE.forEach(column -> slots(column).forEach(differing::add));
    return Stream.of(meaning, user).flatMapToInt(Arrays::stream).noneMatch(differing::contains);
  }

  CompiledFormat format() {
    return format;
  }

  /** What is wanted of the field with a name; a column may go by several names. */
  String fieldNamed(String name) {
    return fieldNamed.apply(name);
  }

  List<LineAmount> counts() {
    return counts;
  }

  int[] when() {
    return when;
  }

  int[] requestId() {
    return requestId;
  }

  /** Fields of amounts that only records have which are not priced by their tokens. */
  int[] others() {
    return others;
  }

  /** The fields of which the texts tell what a record means, but for who the user is. */
  public Fields meaning() {
    return new Fields(meaning);
  }

  /** The fields of which the texts tell who the user is. */
  public Fields user() {
    return new Fields(user);
  }

  /** Some fields of a format. */
  public static final class Fields {
    private final int[] slots;

    private Fields(int[] slots) {
      this.slots = slots;
    }

    int[] slots() {
      return slots;
    }
  }
}
