package io.gtrace.ledger;

import java.util.ArrayList;
import java.util.List;

/** Rows that somebody hands over and wants an answer for: what a reader notes goes into it. */
abstract class JudgedRows implements RowSink {
  private final List<String> notes = new ArrayList<>();

  @Override
  public final void unknown(UnknownNames names) {
    if (!names.isEmpty()) {
      note("fields not read: " + names.listed());
    }
  }

  @Override
  public final void note(String note) {
    notes.add(note);
  }

  @Override
  public final void progress(long bytes) {
    // What is handed over at once is small.
  }

  /** What whoever handed them over should know. */
  final List<String> notes() {
    return notes;
  }
}
