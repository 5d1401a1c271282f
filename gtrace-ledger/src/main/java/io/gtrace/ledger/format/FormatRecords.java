package io.gtrace.ledger.format;

import org.jspecify.annotations.Nullable;

/**
 * Records of a format whose fields come from elsewhere than a text, such as a message on the wire.
 * Not for sharing between threads.
 */
public final class FormatRecords {
  private final CompiledFormat format;
  private final RecordSink sink;

  /**
   * @param sink takes the records that are usage, and is told of the others
   */
  public FormatRecords(FormatDefinition definition, RecordSink sink) {
    format = Formats.shipped().compiled(definition);
    this.sink = sink;
  }

  /** The wanted fields below one field of a record. */
  public static final class Fields {
    private final @Nullable FieldNode node;

    private Fields(@Nullable FieldNode node) {
      this.node = node;
    }

    /** Whether the format asks for a field, so that its value need not be made a text if not. */
    public boolean isWanted(String name) {
      FieldNode field = node == null ? null : node.child(name);
      return field != null && field.hasSlot();
    }

    /** Whether the format asks for any of them. */
    public boolean isAnyWanted() {
      return node != null && node.hasChildren();
    }

    /** Gives a record a field; what the format does not ask for is passed over. */
    public void put(Values values, String name, String text) {
      FieldNode field = node == null ? null : node.child(name);
      if (field != null && field.hasSlot()) {
        values.fields.put(field.slot(), text);
      }
    }
  }

  /** What the wanted fields of one record, or of what is around several, hold. */
  public static final class Values {
    private final FieldValues fields;

    private Values(FieldValues fields) {
      this.fields = fields;
    }

    /** Takes over what is around the record and it does not say itself. */
    public void inherit(Values around) {
      fields.inherit(around.fields);
    }
  }

  /** The fields of a record itself. */
  public Fields fields() {
    return new Fields(format.root());
  }

  /**
   * The fields below one.
   *
   * @param path names with dots between
   */
  public Fields below(String path) {
    return new Fields(format.root().child(path));
  }

  /**
   * A record of which nothing is known yet.
   *
   * @param number of it among the others, from 1
   */
  public Values begin(long number) {
    return new Values(new FieldValues(format.slotCount(), number));
  }

  /** Hands a record on, to which nothing is added any more. */
  public void end(Values values) {
    if (format.keeps(values.fields)) {
      sink.record(new FormatRecord(format, values.fields));
    } else {
      sink.leftOut();
    }
  }
}
