package io.gtrace.ledger.format;

import io.gtrace.ledger.format.CompiledFormat.Carried;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.json.JsonFactory;

/** Reads the records of one format: JSON objects, or the rows of a table. */
public final class FormatReader implements ObjectReader {
  private final CompiledFormat format;
  private final RecordReader records;
  private final FieldReader fields;
  private final RecordSink sink;
  private final Map<Integer, String> carried = new HashMap<>();
  private @Nullable FieldNode[] columns = new FieldNode[0];

  public FormatReader(FormatDefinition definition, JsonFactory json, RecordSink sink) {
    this(new CompiledFormat(definition), json, sink);
  }

  FormatReader(CompiledFormat format, JsonFactory json, RecordSink sink) {
    this.format = format;
    this.sink = sink;
    records =
        new RecordReader(
            format, json, this::take, line -> sink.refused(JsonFault.withoutSurroundings(line)));
    fields = new FieldReader(json);
  }

  private void take(FieldValues record) {
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
  public void read(JsonParser parser, Place place) {
    records.read(parser, place);
  }

  @Override
  public void release() {
    records.release();
  }

  @Override
  public void drop() {
    records.drop();
  }

  @Override
  public long line() {
    return records.line();
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
}
