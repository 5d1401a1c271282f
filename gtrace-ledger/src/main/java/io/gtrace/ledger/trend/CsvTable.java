package io.gtrace.ledger.trend;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tables of CSV files as people export them: separated by commas, semicolons or tabs, at times with
 * a few lines before the header.
 */
final class CsvTable {
  /** Where a comma is no separator, it may part decimals, and a point thousands. */
  private static final Pattern THOUSANDS_OR_DECIMALS = Pattern.compile("<?[1-9]\\d{0,2}\\.\\d{3}");

  private static final int MOST_PREAMBLE_RECORDS = 20;
  private static final int LAST_LINES = 2;

  private CsvTable() {}

  /**
   * @throws TrendFileException if there is no header with at least two columns and a row below it
   */
  static TrendTable read(String name, String text) {
    char separator = separator(text);
    List<CsvRecord> records = records(name, text, separator);
    int header = header(name, records);
    List<String> columns = columns(records.get(header));
    List<TrendRow> rows = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    for (CsvRecord record : records.subList(header + 1, records.size())) {
      if (record.getFieldCount() > columns.size()) {
        refused.add(
            at(name, record)
                + ": the line has "
                + record.getFieldCount()
                + " fields, the header has "
                + columns.size());
      } else if (separator == ';' && ambiguous(record).isPresent()) {
        String cell = ambiguous(record).get();
        refused.add(
            at(name, record)
                + ": "
                + cell
                + " may mean "
                + cell.replace(".", "")
                + " or a number with decimals, as files with semicolons write both; write it without"
                + " a sign between thousands, or with another number of decimals");
      } else if (record.getFields().stream().anyMatch(field -> !field.isBlank())) {
        rows.add(row(record, columns));
      }
    }
    return new TrendTable(columns, rows, header > 0, refused);
  }

  private static Optional<String> ambiguous(CsvRecord record) {
    return record.getFields().stream()
        .map(String::strip)
        .filter(field -> THOUSANDS_OR_DECIMALS.matcher(field).matches())
        .findFirst();
  }

  private static String at(String name, CsvRecord record) {
    return name + ", line " + record.getStartingLineNumber();
  }

  private static TrendRow row(CsvRecord record, List<String> columns) {
    Map<String, String> cells = new LinkedHashMap<>();
    for (int i = 0; i < record.getFieldCount(); i++) {
      if (!record.getField(i).isBlank()) {
        cells.put(columns.get(i), record.getField(i));
      }
    }
    return new TrendRow(record.getStartingLineNumber(), cells);
  }

  private static List<String> columns(CsvRecord header) {
    List<String> columns = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (String field : header.getFields()) {
      String column = field.isBlank() ? "column " + (columns.size() + 1) : field.strip();
      String distinct = column;
      for (int i = 2; !taken.add(distinct); i++) {
        distinct = column + " (" + i + ")";
      }
      columns.add(distinct);
    }
    return columns;
  }

  /** The first record of two fields or more: preambles have one. */
  private static int header(String name, List<CsvRecord> records) {
    int most = Math.min(records.size() - 1, MOST_PREAMBLE_RECORDS);
    for (int i = 0; i < most; i++) {
      if (records.get(i).getFieldCount() < 2) {
        continue;
      }
      if (hasTime(records.get(i))) {
        throw new TrendFileException(
            at(name, records.get(i))
                + ": there is no header; the first line must name the columns");
      }
      return i;
    }
    throw new TrendFileException(
        name
            + ": there is no table in it: a header with a column of times and one of figures, and"
            + " rows below it");
  }

  static boolean hasTime(CsvRecord record) {
    return record.getFields().stream().anyMatch(field -> PeriodStart.parse(field).isPresent());
  }

  /** The sign that is in each of the last lines, where preambles are over. */
  private static char separator(String text) {
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    List<String> last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
    char best = ',';
    long most = 0;
    for (char candidate : new char[] {',', ';', '\t'}) {
      long least =
          last.stream()
              .mapToLong(line -> line.chars().filter(c -> c == candidate).count())
              .min()
              .orElse(0);
      if (least > most) {
        most = least;
        best = candidate;
      }
    }
    return best;
  }

  private static List<CsvRecord> records(String name, String text, char separator) {
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .fieldSeparator(separator)
            .allowExtraFields(true)
            .allowMissingFields(true)
            .ofCsvRecord(text)) {
      return reader.stream().toList();
    } catch (CsvParseException broken) {
      throw new TrendFileException(
          name + ": cannot be read as CSV: a quote is opened and not closed, or a line is too long",
          broken);
    } catch (IOException inMemory) {
      throw new IllegalStateException(inMemory);
    }
  }
}
