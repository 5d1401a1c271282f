package io.gtrace.ledger;

/**
 * Rows of a part of a text, told as rows of the whole.
 *
 * @param to takes them
 * @param linesBefore lines of the text before the part
 */
record ShiftedRows(RowSink to, long linesBefore) implements RowSink {
  @Override
  public void row(UsageRow row) {
    to.row(new UsageRow(row.line() + linesBefore, row.values(), row.faults()));
  }

  @Override
  public void refused(long line, String reason, String raw) {
    to.refused(line == 0 ? 0 : line + linesBefore, reason, raw);
  }

  @Override
  public void unknown(UnknownNames names) {
    to.unknown(names);
  }

  @Override
  public void note(String note) {
    to.note(note);
  }

  @Override
  public void progress(long bytes) {
    // The whole is told as its parts are done.
  }
}
