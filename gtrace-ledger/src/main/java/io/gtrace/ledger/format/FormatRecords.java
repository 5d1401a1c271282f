package io.gtrace.ledger.format;

import java.util.HashMap;
import java.util.Map;
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
    /** Whoever names more fields has new ones in each record. */
    private static final int MOST_NAMES = 1_000;

    private static final int NOT_WANTED = -1;

    private final @Nullable FieldNode node;
    private final Map<String, Integer> slots = new HashMap<>();

    private Fields(@Nullable FieldNode node) {
      this.node = node;
    }

    /**
     * Gives a record a field, if the format asks for it.
     *
     * @param text makes its value, which is not asked for if nobody wants it; null if it has none
     */
    public <X extends Exception> void put(Values values, String name, Text<X> text) throws X {
      Integer known = slots.get(name);
      int slot = known == null ? found(name) : known;
      String value = slot == NOT_WANTED ? null : text.make();
      if (value != null) {
        values.fields.put(slot, value);
      }
    }

    private int found(String name) {
      FieldNode field = node == null ? null : node.child(name);
      int slot = field != null && field.hasSlot() ? field.slot() : NOT_WANTED;
      if (slots.size() < MOST_NAMES) {
        slots.put(name, slot);
      }
      return slot;
    }
  }

  /**
   * Makes the value of a field.
   *
   * @param <X> thrown if it cannot be made
   */
  @FunctionalInterface
  public interface Text<X extends Exception> {
    @Nullable String make() throws X;
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
