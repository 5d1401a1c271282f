package io.gtrace.ledger.format;

import io.gtrace.ledger.format.CompiledFormat.Carried;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonFactory;

/** Reads the records of one format: JSON objects, rows of a table, or lines of a log. */
public final class FormatReader extends RecordObjects {
  private final CompiledFormat format;
  private final FieldReader fields;
  private final RecordSink sink;
  private final Map<Integer, String> carried = new HashMap<>();
  private @Nullable FieldNode[] columns = new FieldNode[0];

  public FormatReader(FormatDefinition definition, JsonFactory json, RecordSink sink) {
    this(new CompiledFormat(definition), json, sink);
  }

  FormatReader(CompiledFormat format, JsonFactory json, RecordSink sink) {
    super(format, json);
    this.format = format;
    this.sink = sink;
    fields = new FieldReader(json);
  }

  @Override
  void take(FieldValues record) {
    carry(record);
    if (format.keeps(record)) {
      sink.record(new FormatRecord(format, record));
    } else {
      sink.leftOut();
    }
  }

  private void carry(FieldValues record) {
    for (Carried each : format.carried()) {
      String text = each.expression().of(record);
      if (text != null) {
        carried.put(each.slot(), text);
      }
      record.put(each.slot(), carried.getOrDefault(each.slot(), ""));
    }
  }

  @Override
  void takeOrphan(long line) {
    sink.refused(JsonFault.withoutSurroundings(line));
  }

  @Override
  public void refused(JsonFault fault) {
    sink.refused(fault);
  }

  @Override
  public void progress(long bytes) {
    sink.progress(bytes);
  }

  /** Begins a table. */
  public void header(List<String> names) {
    columns =
        names.stream().map(name -> format.root().child(name.strip())).toArray(FieldNode[]::new);
  }

  /** Reads a row of the table that was begun last. */
  public void row(long line, List<String> values) {
    FieldValues record = new FieldValues(format.slotCount(), line);
    for (int i = 0; i < columns.length; i++) {
      FieldNode node = columns[i];
      if (node != null) {
        String text = values.get(i);
        if (node.hasSlot() && !text.isBlank()) {
          record.put(node.slot(), text);
        }
        if (node.hasChildren()) {
          fields.embedded(text, node, record);
        }
      }
    }
    take(record);
  }

  /** Reads a line of a log in plain text; most of them are no records. */
  public void line(long number, String text) {
    FieldValues record = format.line(number, text);
    if (record != null) {
      take(record);
    }
  }
}
