package io.gtrace.ledger;

import io.gtrace.ledger.format.FormatDefinition;
import io.gtrace.ledger.format.FormatDetection;
import io.gtrace.ledger.format.FormatReader;
import io.gtrace.ledger.format.Formats;
import io.gtrace.ledger.format.JsonDocuments;
import io.gtrace.ledger.format.LineFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The rows of a source, whatever its format. */
final class SourceRows {
  /** A whole object, so that lines can be told apart without reading them. */
  private static final Pattern FIRST_LINE = Pattern.compile("\\s*+\\{[^\\n]*\\}\\h*\\R");

  private final UsageSource source;
  private final RowSink sink;
  private final JsonFactory json = new JsonFactory();
  private List<FormatDefinition> nearest = List.of();
  private boolean isJson;
  private Runnable settling = () -> {};

  SourceRows(UsageSource source, RowSink sink) {
    this.source = source;
    this.sink = sink;
  }

  /**
   * Reads all rows of a source, text or Parquet.
   *
   * @throws IOException if it breaks off; what came before it has been handed out
   * @throws UsageException if nothing of it can be read
   */
  static void read(UsageSource source, RowSink sink) throws IOException {
    SourceRows rows = new SourceRows(source, sink);
    if (source.storage() == UsageFormat.PARQUET) {
      try (ParquetUsage parquet = ParquetUsage.open(source, rows, sink)) {
        parquet.each(sink);
      } catch (SQLException notClosed) {
        throw new IllegalStateException(notClosed);
      }
      return;
    }
    try (TextContent content = TextContent.open(source)) {
      rows.readText(content);
    }
  }

  /**
   * Reads all rows of a text.
   *
   * @throws IOException if it breaks off; what came before it has been handed out
   */
  void readText(TextContent content) throws IOException {
    isJson = content.isJson(source.storage() == UsageFormat.JSONL);
    Optional<FormatDefinition> format = format(content);
    if (format.isPresent()) {
      defined(format.get(), content);
    } else {
      plain(content);
    }
  }

  /**
   * How a text of JSON lines is read as bytes.
   *
   * @param format how its lines are read
   * @param odd judges lines that are not plain
   */
  record Lines(LineFormat format, OddRows odd) {}

  /**
   * How the text is read as bytes, line by line; empty if it is no JSON, or its records are not
   * lines.
   */
  Optional<Lines> lines(TextContent content) {
    isJson = content.isJson(true);
    if (!isJson || !FIRST_LINE.matcher(text(content.sample())).lookingAt()) {
      return Optional.empty();
    }
    Optional<FormatDefinition> format = format(content);
    Optional<LineFormat> lines =
        format.isPresent() ? LineFormat.of(format.get()) : Optional.of(LineFormat.ofColumnNames());
    return lines.map(each -> new Lines(each, new OddRows(source, format, sink)));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Hands out rows that waited for later ones to replace them, if none came for a while. */
  void handOutSettled() {
    settling.run();
  }

  /** Whether the start of a text tells as what it is to be read. */
  boolean isTold(TextContent content) {
    isJson = content.isJson(source.storage() == UsageFormat.JSONL);
    return !(source.format() instanceof InputFormat.Detected)
        || format(content).isPresent()
        || names(content).stream()
            .anyMatch(name -> UsageColumn.named(name).filter(UsageColumn::isAmount).isPresent());
  }

  /** The columns of a table, or the fields of the first object. */
  private List<String> names(TextContent content) {
    if (!isJson) {
      return CsvRows.sample(content.sample()).header();
    }
    List<String> names = new ArrayList<>();
    try (JsonParser parser = json.createParser(ObjectReadContext.empty(), content.sample())) {
      parser.nextToken();
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        names.add(name);
        parser.nextToken();
        parser.skipChildren();
      }
    } catch (JacksonException broken) {
      // What came before it will do.
    }
    return names;
  }

  /** Whether the rows are JSON. */
  boolean isJson() {
    return isJson;
  }

  /** The format of the records, where they are of one; how the columns are called tells if not. */
  private Optional<FormatDefinition> format(TextContent content) {
    return format(detection -> {
      if (isJson) {
        detection.lookAtJson(content.sample());
      } else {
        detection.lookAtLines(LogLines.sample(content.sample()));
        CsvRows.Sample sample = CsvRows.sample(content.sample());
        detection.lookAtTable(sample.header(), sample.rows());
      }
    });
  }

  /**
   * The format of the records, where they are of one.
   *
   * @param look shows how the source begins, if that matters
   */
  Optional<FormatDefinition> format(Consumer<FormatDetection> look) {
    if (source.format() instanceof InputFormat.Defined defined) {
      return Optional.of(defined.definition());
    }
    if (source.format() instanceof InputFormat.Plain) {
      return Optional.empty();
    }
    FormatDetection detection = new FormatDetection(Formats.shipped(), json);
    look.accept(detection);
    return told(detection);
  }

  /** Says as what the source is read, or remembers what it is almost. */
  private Optional<FormatDefinition> told(FormatDetection detection) {
    Optional<FormatDefinition> found = detection.found();
    found.ifPresentOrElse(
        format -> sink.note("read as " + format.title() + " (" + format.id() + ")"),
        () -> nearest = detection.nearest());
    return found;
  }

  private void plain(TextContent content) throws IOException {
    try {
      if (isJson) {
        PlainObjects objects = new PlainObjects(source.defaults(), sink);
        new JsonDocuments(content.whole(), json, objects).read();
        objects.tellUnread();
      } else {
        new CsvRows(source, content, sink, Optional.empty()).read();
      }
    } catch (UsageException noUsage) {
      throw withNearest(noUsage);
    }
  }

  /** A complaint, with the formats that the source looks like. */
  UsageException withNearest(UsageException noUsage) {
    return nearest.isEmpty()
        ? noUsage
        : new UsageException(
            noUsage.getMessage()
                + "; it looks somewhat like "
                + nearest.stream()
                    .map(format -> format.title() + " (--input-format " + format.id() + ")")
                    .collect(Collectors.joining(", ")),
            noUsage);
  }

  private void defined(FormatDefinition format, TextContent content) throws IOException {
    DefinedRows rows = new DefinedRows(format, source.defaults(), sink);
    FormatReader reader = new FormatReader(format, json, rows);
    settling = rows::handOutSettled;
    try {
      if (!format.lines().isEmpty()) {
        new LogLines(content.whole(), sink, reader).read();
      } else if (isJson) {
        new JsonDocuments(content.whole(), json, reader).read();
      } else {
        new CsvRows(source, content, sink, Optional.of(reader)).read();
      }
    } finally {
      rows.finish();
    }
  }
}
