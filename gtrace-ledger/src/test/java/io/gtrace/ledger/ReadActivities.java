package io.gtrace.ledger;

import io.gtrace.activity.Activity;
import io.gtrace.factor.FactorCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Everything that a source gives, as lines of text. */
final class ReadActivities implements RowSink {
  private static final FactorCatalogue CATALOGUE = FactorCatalogue.shipped();
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

  private final ActivityParser parser = new ActivityParser(CATALOGUE, NOW);
  private final List<String> accounted = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  static ReadActivities of(Path file) throws IOException {
    return of(file, InputFormat.detected(), UsageDefaults.NONE);
  }

  static ReadActivities of(Path file, InputFormat format, UsageDefaults defaults)
      throws IOException {
    return of(UsageSource.file(file, true, format, defaults));
  }

  static ReadActivities of(UsageSource source) throws IOException {
    ReadActivities read = new ReadActivities();
    SourceRows.read(source, read);
    return read;
  }

  @Override
  public void row(UsageRow row) {
    try {
      Activity activity = parser.parse(row);
      accounted.add(row.line() + " " + row.text(UsageColumn.REQUEST_ID) + " " + activity);
    } catch (RefusedRowException bad) {
      refused.add(row.line() + " " + bad.field() + ": " + bad.reason());
    }
  }

  @Override
  public void refused(long line, String reason, String raw) {
    refused.add(line + " " + reason + (raw.isEmpty() ? "" : " | " + raw));
  }

  @Override
  public void unknown(UnknownNames names) {
    if (!names.isEmpty()) {
      notes.add("not read: " + names.listed());
    }
  }

  @Override
  public void note(String note) {
    notes.add(note);
  }

  @Override
  public void progress(long bytes) {
    // Nobody waits for it.
  }

  /** Line, request id and activity of each. */
  List<String> accounted() {
    return accounted;
  }

  /** Line, field and reason of each. */
  List<String> refused() {
    return refused;
  }

  List<String> notes() {
    return notes;
  }

  /** All of it, as the files beside the samples have it. */
  List<String> lines() {
    List<String> lines = new ArrayList<>(accounted);
    refused.forEach(each -> lines.add("refused " + each));
    notes.forEach(each -> lines.add("note " + each));
    return lines;
  }
}
