package io.gtrace.governance.evidence;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.gtrace.governance.evidence.EvidenceColumn.Reading;
import io.gtrace.governance.evidence.EvidenceRules.Span;
import io.gtrace.simulation.document.Document;
import io.gtrace.simulation.document.DocumentException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Reads one table of evidence: CSV by its header, YAML or JSON as a list of rows. */
final class EvidenceReader {
  private final EvidenceKind kind;
  private final Path file;
  private final List<EvidenceRow> rows = new ArrayList<>();
  private final List<Fault> faults = new ArrayList<>();
  private boolean isEmptyList;

  private EvidenceReader(EvidenceKind kind, Path file) {
    this.kind = kind;
    this.file = file;
  }

  static EvidenceTable read(EvidenceKind kind, Path file) {
    EvidenceReader reader = new EvidenceReader(kind, file);
    try {
      String text = Document.text(file, "evidence");
      if (file.toString().endsWith(".csv")) {
        reader.readCsv(text);
      } else {
        reader.readTree(Document.read(file.toString(), text));
      }
    } catch (DocumentException unusable) {
      reader.faults.add(reader.fault(file.toString(), String.valueOf(unusable.getMessage())));
    }
    reader.requireUnique();
    reader.requireApart();
    return new EvidenceTable(
        kind, file.toString(), reader.rows, reader.faults, reader.isEmptyList, false);
  }

  private void readCsv(String text) {
    String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
    isEmptyList =
        withoutMark.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).count() == 1;
    try (CsvReader<CsvRecord> csv =
        CsvReader.builder()
            .commentStrategy(CommentStrategy.SKIP)
            .allowMissingFields(true)
            .allowExtraFields(true)
            .ofCsvRecord(withoutMark)) {
      List<String> header = List.of();
      for (CsvRecord line : csv) {
        if (!header.isEmpty()) {
          takeLine(header, line);
        } else if (isRight(line)) {
          header = line.getFields().stream().map(EvidenceReader::columnName).toList();
        } else {
          return;
        }
      }
    } catch (CsvParseException broken) {
      faults.add(fault(file.toString(), "is no CSV: " + broken.getMessage()));
    } catch (IOException unreachable) {
      throw new IllegalStateException("a text cannot fail to be read", unreachable);
    }
  }

  /** Whether a header can be relied on; what is wrong with it is wrong with every row. */
  private boolean isRight(CsvRecord header) {
    List<String> remarks = new ArrayList<>();
    Set<String> columns = new LinkedHashSet<>();
    for (String field : header.getFields()) {
      String column = columnName(field);
      if (kind.column(column).isEmpty()) {
        remarks.add(unknown(column));
      } else if (!columns.add(column)) {
        remarks.add(column + ": is there twice");
      }
    }
    kind.columns().stream()
        .filter(column -> column.required() && !columns.contains(column.name()))
        .forEach(column -> remarks.add(missing(column)));
    remarks.forEach(remark -> faults.add(fault(place(header), remark)));
    return remarks.isEmpty();
  }

  private void takeLine(List<String> header, CsvRecord line) {
    if (line.getFieldCount() > header.size()) {
      String widths = line.getFieldCount() + " values for " + header.size();
      faults.add(
          fault(place(line), "has " + widths + " columns; put quotes around what has a comma"));
      return;
    }
    Map<String, String> cells = new LinkedHashMap<>();
    for (int i = 0; i < line.getFieldCount(); i++) {
      cells.put(header.get(i), line.getField(i));
    }
    take(place(line), cells);
  }

  private String place(CsvRecord line) {
    return file + ", line " + line.getStartingLineNumber();
  }

  private static String columnName(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  private String unknown(String column) {
    return column + ": there is no such column; there are " + columnNames();
  }

  private static String missing(EvidenceColumn column) {
    return column.name() + ": is missing: " + column.meaning();
  }

  private void readTree(Document document) {
    if (!document.root().isArray()) {
      faults.add(fault(document.place(""), "must be a list of rows, each with its columns"));
      return;
    }
    isEmptyList = document.root().isEmpty();
    for (int i = 0; i < document.root().size(); i++) {
      JsonNode row = document.root().get(i);
      String place = document.place("/" + i);
      if (!row.isObject()) {
        faults.add(fault(place, "must be a row: columns and their values"));
        continue;
      }
      Map<String, String> cells = new LinkedHashMap<>();
      row.properties().forEach(cell -> cells.put(cell.getKey(), text(cell.getValue())));
      take(place, cells);
    }
  }

  private static String text(JsonNode value) {
    return value.isNull()
        ? ""
        : value.isBoolean() ? value.asBoolean() ? "yes" : "no" : plain(value);
  }

  private static String plain(JsonNode value) {
    return value.isContainer() ? value.toString() : value.asString();
  }

  private void take(String place, Map<String, String> cells) {
    Map<String, Object> values = new LinkedHashMap<>();
    List<String> remarks = new ArrayList<>();
    cells.forEach((name, cell) -> {
      String column = columnName(name);
      Optional<EvidenceColumn> known = kind.column(column);
      if (known.isEmpty()) {
        remarks.add(unknown(column));
      } else if (!cell.isBlank()) {
        Reading reading = known.get().read(cell.strip());
        if (reading instanceof Reading.Value value) {
          values.put(column, value.value());
        } else if (reading instanceof Reading.Wrong wrong) {
          remarks.add(wrong.remark());
        }
      }
    });
    if (remarks.isEmpty()) {
      kind.columns().stream()
          .filter(column -> column.required() && !values.containsKey(column.name()))
          .forEach(column -> remarks.add(missing(column)));
    }
    if (remarks.isEmpty()) {
      kind.rules().ascending().forEach(columns -> requireAscending(columns, values, remarks));
    }
    if (remarks.isEmpty()) {
      Grade grade =
          Optional.ofNullable((String) values.get(EvidenceKind.GRADE))
              .flatMap(Grade::named)
              .orElse(kind.grade());
      rows.add(new EvidenceRow(place, grade, values));
    } else {
      remarks.forEach(remark -> faults.add(fault(place, remark)));
    }
  }

  private static void requireAscending(
      List<String> columns, Map<String, Object> values, List<String> remarks) {
    List<String> filled = columns.stream().filter(values::containsKey).toList();
    for (int i = 1; i < filled.size(); i++) {
      String lesser = filled.get(i - 1);
      String greater = filled.get(i);
      if (values.get(lesser) instanceof Double low
          && values.get(greater) instanceof Double high
          && low > high) {
        remarks.add(
            lesser
                + ": "
                + EvidenceColumn.plain(low)
                + " cannot be above "
                + greater
                + ", which is "
                + EvidenceColumn.plain(high));
      }
    }
  }

  private String columnNames() {
    return kind.columns().stream().map(EvidenceColumn::name).collect(Collectors.joining(", "));
  }

  private Fault fault(String place, String remark) {
    return new Fault(kind.id(), place, remark);
  }

  /** Two rows that tell of the same thing contradict each other, or one is too many. */
  private void requireUnique() {
    if (kind.rules().unique().isEmpty()) {
      return;
    }
    Map<List<Object>, EvidenceRow> first = new HashMap<>();
    for (EvidenceRow row : rows) {
      List<Object> key = key(row, kind.rules().unique());
      EvidenceRow earlier = first.putIfAbsent(key, row);
      if (earlier != null) {
        faults.add(
            fault(
                row.place(),
                String.join(", ", kind.rules().unique())
                    + ": "
                    + words(key)
                    + " was told of before ("
                    + earlier.place()
                    + (earlier.values().equals(row.values())
                        ? "), with the same values; drop one"
                        : "), with other values; which holds?")));
      }
    }
  }

  private static List<Object> key(EvidenceRow row, List<String> columns) {
    return columns.stream()
        .map(column -> row.values().getOrDefault(column, ""))
        .map(value -> value instanceof String text ? text.toLowerCase(Locale.ROOT) : value)
        .toList();
  }

  private static String words(List<Object> key) {
    return key.stream()
        .map(value ->
            value instanceof Double number && number == Math.rint(number)
                ? Long.toString(number.longValue())
                : value.toString())
        .collect(Collectors.joining(", ", "'", "'"));
  }

  /** Periods must have a length, and those of one series must not overlap. */
  private void requireApart() {
    requireLength();
    if (kind.rules().span().isEmpty()) {
      return;
    }
    Span span = kind.rules().span().get();
    Map<List<Object>, List<EvidenceRow>> series =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    row -> key(row, span.series()), LinkedHashMap::new, Collectors.toList()));
    series.values().forEach(each -> requireApart(span, each));
  }

  private void requireApart(Span span, List<EvidenceRow> series) {
    List<EvidenceRow> inTime =
        series.stream()
            .sorted(Comparator.comparing((EvidenceRow row) -> row.moment(span.from())))
            .toList();
    for (int i = 1; i < inTime.size(); i++) {
      EvidenceRow earlier = inTime.get(i - 1);
      EvidenceRow later = inTime.get(i);
      if (later.moment(span.from()).isBefore(earlier.moment(span.to()))) {
        faults.add(
            fault(later.place(), span.from() + ": the period overlaps that of " + earlier.place()));
      }
    }
  }

  private void requireLength() {
    if (kind.column("from").isEmpty() || kind.column("to").isEmpty()) {
      return;
    }
    rows.removeIf(row -> {
      Optional<String> remark =
          remarkOnLength(Duration.between(row.moment("from"), row.moment("to")));
      remark.ifPresent(
          told -> faults.add(fault(row.place(), told + ", which is " + row.moment("from"))));
      return remark.isPresent();
    });
  }

  private Optional<String> remarkOnLength(Duration length) {
    if (length.isZero() || length.isNegative()) {
      return Optional.of("to: must lie after from");
    }
    return kind.rules()
        .longest()
        .filter(longest -> length.compareTo(longest) > 0)
        .map(longest -> "to: must lie no more than " + longest.toMinutes() + " minutes after from");
  }
}
