package io.gtrace.ledger.format;

import tools.jackson.core.JsonParser;
import tools.jackson.core.json.JsonFactory;

/** Finds the records of a format in the objects of a text, for whoever takes them. */
abstract class RecordObjects implements ObjectReader {
  private final RecordReader records;

  RecordObjects(CompiledFormat format, JsonFactory json) {
    records = new RecordReader(format, json, this::take, this::takeOrphan);
  }

  /** Takes a record. */
  abstract void take(FieldValues record);

  /** Takes the line of a record of which it is not known what was around it. */
  abstract void takeOrphan(long line);

  @Override
  public final void read(JsonParser parser, Place place) {
    records.read(parser, place);
  }

  @Override
  public final void release() {
    records.release();
  }

  @Override
  public final void drop() {
    records.drop();
  }

  @Override
  public final long line() {
    return records.line();
  }
}
