package io.gtrace.ledger.format;

/** Takes the records of a format. */
public interface RecordSink {
  /** A record that is usage. */
  void record(FormatRecord usage);

  /** A record that its format says is none. */
  void leftOut();

  /** What is no record, or breaks off. */
  void refused(JsonFault fault);

  /** How many bytes have been read. */
  void progress(long bytes);
}
