package io.gtrace.ledger;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.gtrace.ledger.TextLines.Line;
import io.gtrace.ledger.format.FormatReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Rows of a CSV file. A quote that is opened and never closed would swallow all rows after it, so
 * lines are first joined to records, and a record that does not close soon is given up for its
 * first line alone.
 */
final class CsvRows {
  private static final int MAX_RECORD_LINES = 1_000;
  private static final int MAX_RECORD_CHARS = 1 << 20;
  private static final int CHUNK_CHARS = 1 << 18;
  private static final int MOST_SAMPLED = 20;

  private final UsageSource source;
  private final TextLines lines;
  private final RowSink sink;
  private final Optional<FormatReader> format;

  /** Whether rows that were read must be handed out before the next is waited for. */
  private final BooleanSupplier mustNotWait;

  private final Deque<Line> pushedBack = new ArrayDeque<>();
  private final List<TextRecord> chunk = new ArrayList<>();
  private int chunkChars;

  private record TextRecord(long line, String text) {}

  /**
   * @param columns what the columns mean; of rows of a format as many, which that format reads
   */
  private record Header(List<Optional<UsageColumn>> columns, char separator) {}

  /** The beginning of a table. */
  record Sample(List<String> header, List<List<String>> rows) {}

  /**
   * @param content the text; the caller closes it
   * @param format reads the rows, where their columns are not told by name
   */
  CsvRows(UsageSource source, TextContent content, RowSink sink, Optional<FormatReader> format) {
    this.source = source;
    this.sink = sink;
    this.format = format;
    lines = new TextLines(content.whole());
    mustNotWait =
        content
            .growing()
            .<BooleanSupplier>map(growing -> () -> !lines.isReady() && !growing.isReady())
            .orElse(() -> false);
  }

  /** The header and some rows of a table of which only the first bytes are there. */
  static Sample sample(byte[] start) {
    String text = new String(start, StandardCharsets.UTF_8).replaceFirst("^\ufeff", "");
    List<String> first = text.lines().filter(line -> !line.isBlank()).limit(1).toList();
    if (first.isEmpty() || first.get(0).length() > MAX_RECORD_CHARS) {
      return new Sample(List.of(), List.of());
    }
    char separator = separator(first.get(0));
    List<List<String>> records = new ArrayList<>();
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .fieldSeparator(separator)
            .maxBufferSize(TextLines.MAX_LINE_BYTES + 1)
            .ofCsvRecord(text)) {
      for (CsvRecord each : reader) {
        if (records.size() > MOST_SAMPLED) {
          break;
        }
        records.add(each.getFields().stream().map(String::strip).toList());
      }
    } catch (CsvParseException broken) {
      // What came before it will do.
    } catch (IOException inMemory) {
      throw new IllegalStateException(inMemory);
    }
    if (records.isEmpty()) {
      return new Sample(List.of(), List.of());
    }
    List<String> header = records.get(0);
    return new Sample(
        header, records.stream().skip(1).filter(row -> row.size() == header.size()).toList());
  }

  void read() throws IOException {
    Header header = header();
    try {
      rows(header);
    } catch (IOException breaksOff) {
      // The rows before it are whole.
      flush(header);
      throw breaksOff;
    }
  }

  private void rows(Header header) throws IOException {
    boolean empty = true;
    for (Optional<TextRecord> next = nextRecord(); next.isPresent(); next = nextRecord()) {
      TextRecord text = next.get();
      if (text.text().isBlank()) {
        continue;
      }
      empty = false;
      chunk.add(text);
      chunkChars += text.text().length();
      if (chunkChars > CHUNK_CHARS || mustNotWait.getAsBoolean()) {
        flush(header);
      }
    }
    flush(header);
    if (empty) {
      sink.note("there is a header and no rows");
    }
  }

  private Header header() throws IOException {
    for (Optional<TextRecord> next = nextRecord(); next.isPresent(); next = nextRecord()) {
      String text = next.get().text();
      if (text.isBlank()) {
        continue;
      }
      char separator = separator(text);
      List<String> names;
      try {
        names = parse(List.of(next.get()), separator).get(0).getFields();
      } catch (CsvParseException broken) {
        throw new UsageException(
            source.name() + ", line " + next.get().line() + ": the header cannot be read", broken);
      }
      if (format.isPresent()) {
        format.get().header(names);
        return new Header(
            names.stream().map(name -> Optional.<UsageColumn>empty()).toList(), separator);
      }
      return new Header(UsageHeader.read(source, next.get().line(), names, sink), separator);
    }
    throw new UsageException(source.name() + ": there is no line that can be read as a header");
  }

  private static char separator(String header) {
    char best = ',';
    long most = 0;
    for (char candidate : new char[] {',', ';', '\t', '|'}) {
      long count = header.chars().filter(c -> c == candidate).count();
      if (count > most) {
        most = count;
        best = candidate;
      }
    }
    return best;
  }

  private Optional<TextRecord> nextRecord() throws IOException {
    while (true) {
      Optional<Line> next = nextLine();
      if (next.isEmpty()) {
        return Optional.empty();
      }
      if (next.get() instanceof Line.Text first) {
        Optional<TextRecord> whole = joined(first);
        if (whole.isPresent()) {
          return whole;
        }
        refused(first.number(), "a quote is opened and not closed", first.text());
      } else if (next.get() instanceof Line.Unreadable bad) {
        refused(bad.number(), bad.reason(), bad.shown());
      }
    }
  }

  /** The record that begins with a line; empty if its quotes do not close. */
  private Optional<TextRecord> joined(Line.Text first) throws IOException {
    if (quotesClose(first.text())) {
      return Optional.of(new TextRecord(first.number(), first.text()));
    }
    StringBuilder text = new StringBuilder(first.text());
    Deque<Line> taken = new ArrayDeque<>();
    while (taken.size() < MAX_RECORD_LINES && text.length() < MAX_RECORD_CHARS) {
      Optional<Line> next = nextLineIfWhole();
      if (next.isEmpty()) {
        break;
      }
      taken.add(next.get());
      if (!(next.get() instanceof Line.Text further)) {
        break;
      }
      text.append('\n').append(further.text());
      if (!quotesClose(further.text())) {
        return Optional.of(new TextRecord(first.number(), text.toString()));
      }
    }
    while (!taken.isEmpty()) {
      pushedBack.addFirst(taken.removeLast());
    }
    return Optional.empty();
  }

  private static boolean quotesClose(String text) {
    if (text.indexOf('"') < 0) {
      return true;
    }
    return text.chars().filter(c -> c == '"').count() % 2 == 0;
  }

  private Optional<Line> nextLine() throws IOException {
    Line back = pushedBack.pollFirst();
    return back != null ? Optional.of(back) : lines.next();
  }

  /** A break is no end of a record; whoever asks for a line next meets it again. */
  private Optional<Line> nextLineIfWhole() {
    try {
      return nextLine();
    } catch (IOException breaksOff) {
      return Optional.empty();
    }
  }

  private void flush(Header header) {
    try {
      List<CsvRecord> records = parse(chunk, header.separator());
      if (records.size() == chunk.size()) {
        for (int i = 0; i < records.size(); i++) {
          row(chunk.get(i), records.get(i), header);
        }
      } else {
        chunk.forEach(text -> alone(text, header));
      }
    } catch (CsvParseException oneIsBroken) {
      chunk.forEach(text -> alone(text, header));
    }
    chunk.clear();
    chunkChars = 0;
    sink.progress(lines.bytesRead());
  }

  private void alone(TextRecord text, Header header) {
    try {
      List<CsvRecord> records = parse(List.of(text), header.separator());
      if (records.size() == 1) {
        row(text, records.get(0), header);
        return;
      }
    } catch (CsvParseException broken) {
      // Refused below like every other text that is not one record.
    }
    refused(text.line(), "the quotes of the line do not match", text.text());
  }

  /** What a row of a format holds may be anybody's prompt, and is not kept. */
  private void refused(long line, String reason, String text) {
    sink.refused(line, reason, format.isPresent() ? "" : text);
  }

  private static List<CsvRecord> parse(List<TextRecord> texts, char separator) {
    StringBuilder csv = new StringBuilder();
    texts.forEach(text -> csv.append(text.text()).append('\n'));
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .fieldSeparator(separator)
            .skipEmptyLines(false)
            .maxBufferSize(TextLines.MAX_LINE_BYTES + 1)
            .ofCsvRecord(csv.toString())) {
      return reader.stream().toList();
    } catch (IOException inMemory) {
      throw new IllegalStateException(inMemory);
    }
  }

  private void row(TextRecord text, CsvRecord record, Header header) {
    int expected = header.columns().size();
    int found = record.getFieldCount();
    if (found != expected) {
      refused(
          text.line(),
          "the line has " + found + " fields, the header has " + expected,
          text.text());
      return;
    }
    if (format.isPresent()) {
      format.get().row(text.line(), record.getFields());
      return;
    }
    RowValues values = new RowValues();
    for (int i = 0; i < found; i++) {
      Optional<UsageColumn> column = header.columns().get(i);
      if (column.isPresent()) {
        values.put(column.get(), record.getField(i));
      }
    }
    sink.row(values.row(text.line(), source.defaults()));
  }
}
