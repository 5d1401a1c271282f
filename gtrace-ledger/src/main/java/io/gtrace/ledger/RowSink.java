package io.gtrace.ledger;

/** Takes what a reader finds in a usage file. */
interface RowSink {
  /** A row as text. */
  void row(UsageRow row);

  /**
   * Whether a row that grows may come again after it was taken: the larger amounts then take the
   * place of the smaller ones.
   */
  default boolean takesRevisions() {
    return false;
  }

  /**
   * A line that could not be read as a row.
   *
   * @param line from 1; 0 if it is the file as a whole
   * @param raw the line as far as it can be shown
   */
  void refused(long line, String reason, String raw);

  /** The names in the file that mean no column; told before it is read to its end, or then. */
  void unknown(UnknownNames names);

  /** Something a reader of the account must know about the file. */
  void note(String note);

  /**
   * Something a reader of the account must know about some records of the file.
   *
   * @param what goes after their number and {@code records are}
   */
  default void note(long records, String what) {
    note(SourceNotes.inWords(records, what));
  }

  /** How many bytes of the source have been read. */
  void progress(long bytes);
}
