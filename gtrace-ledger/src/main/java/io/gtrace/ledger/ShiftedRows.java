package io.gtrace.ledger;

/** Rows of parts of a text, told as rows of the whole. */
final class ShiftedRows implements RowSink {
  private final RowSink to;
  private long linesBefore;

  /**
   * @param to takes them
   */
  ShiftedRows(RowSink to) {
    this.to = to;
  }

  /** What comes from now on is of a part before which there are so many lines. */
  void shift(long lines) {
    linesBefore = lines;
  }

  @Override
  public void row(UsageRow row) {
    to.row(new UsageRow(row.line() + linesBefore, row.values(), row.faults(), row.growing()));
  }

  @Override
  public boolean takesRevisions() {
    return to.takesRevisions();
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
  public void note(long records, String what) {
    to.note(records, what);
  }

  @Override
  public void progress(long bytes) {
    // The whole is told as its parts are done.
  }
}
