package io.gtrace.ledger;

import io.gtrace.activity.Activity;
import io.gtrace.activity.Training;
import io.gtrace.factor.UnknownNameException;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.RateCard;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/** Reads one usage source row by row; what is bad goes to the quarantine, the rest to a sink. */
final class UsageReader implements RowSink {
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;

  private final UsageSource source;
  private final ActivityParser parser;
  private final RateCard card;
  private final Quarantine quarantine;
  private final Reading reading;
  private final ActivitySink sink;
  private final Set<String> notes = new LinkedHashSet<>();
  private long accounted;

  UsageReader(
      UsageSource source,
      ActivityParser parser,
      RateCard card,
      Quarantine quarantine,
      Reading reading,
      ActivitySink sink) {
    this.source = source;
    this.parser = parser;
    this.card = card;
    this.quarantine = quarantine;
    this.reading = reading;
    this.sink = sink;
  }

  /**
   * Reads a source in a text format to its end.
   *
   * @throws UsageException if nothing of it can be read
   */
  void readText() {
    try (InputStream in = unpacked(new BufferedInputStream(source.content().open()));
        TextLines lines = new TextLines(in)) {
      try {
        if (source.format() == UsageFormat.CSV) {
          new CsvRows(source, lines, this).read();
        } else {
          new JsonLinesRows(source, lines, this).read();
        }
      } catch (IOException brokenOff) {
        refused(
            0,
            "the file breaks off: " + brokenOff.getMessage() + "; what came before is accounted",
            "");
      }
    } catch (IOException unreadable) {
      throw new UsageException(
          source.name() + ": cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }

  private InputStream unpacked(BufferedInputStream in) throws IOException {
    byte[] start = startOf(in);
    if (start.length >= 2 && (start[0] & 0xff) == GZIP_FIRST && (start[1] & 0xff) == GZIP_SECOND) {
      BufferedInputStream content = new BufferedInputStream(new GZIPInputStream(in));
      requireText(startOf(content));
      return content;
    }
    requireText(start);
    return in;
  }

  private static byte[] startOf(BufferedInputStream in) throws IOException {
    in.mark(4_096);
    byte[] start = in.readNBytes(4_096);
    in.reset();
    return start;
  }

  private void requireText(byte[] start) {
    if (start.length >= 4 && start[0] == 'P' && start[1] == 'A' && start[2] == 'R') {
      throw new UsageException(source.name() + ": is a Parquet file; let its name end in .parquet");
    }
    if (start.length >= 2 && start[0] == 'P' && start[1] == 'K') {
      throw new UsageException(source.name() + ": is a ZIP or Excel file; save it as CSV in UTF-8");
    }
    int zeros = 0;
    for (byte b : start) {
      zeros += b == 0 ? 1 : 0;
    }
    if (zeros > start.length / 100) {
      throw new UsageException(
          source.name() + ": is a binary file or not in UTF-8; save it as text in UTF-8");
    }
    if (source.format() == UsageFormat.JSONL
        && new String(start, StandardCharsets.ISO_8859_1).stripLeading().startsWith("[")) {
      throw new UsageException(
          source.name() + ": is one JSON array; write one object a line (jq -c '.[]' does it)");
    }
  }

  /** Accounts a row, or quarantines it. */
  @Override
  public void row(UsageRow row) {
    try {
      Activity activity = parser.parse(row);
      CardRow cardRow = priced(activity);
      sink.accept(row.line(), nameOf(activity, cardRow), activity, cardRow);
      accounted++;
    } catch (RefusedRowException refused) {
      quarantine.add(source.name(), row, refused);
    }
  }

  /** A training run that nobody named goes by its hardware, as its row does. */
  private static String nameOf(Activity activity, CardRow row) {
    return activity instanceof Training training && !training.model().equals(training.accelerator())
        ? training.model()
        : row.model();
  }

  /** The row of the card that prices an activity. */
  CardRow priced(Activity activity) throws RefusedRowException {
    try {
      return card.row(activity);
    } catch (UnknownNameException unknown) {
      UsageColumn column =
          switch (unknown.kind()) {
            case MODEL -> UsageColumn.MODEL;
            case PLACE -> UsageColumn.SITE;
            case DEVICE -> deviceColumn(activity, unknown.unknown());
          };
      throw new RefusedRowException(column, String.valueOf(unknown.getMessage()));
    } catch (IllegalArgumentException notPriced) {
      throw new RefusedRowException(UsageColumn.MODEL, String.valueOf(notPriced.getMessage()));
    }
  }

  /** A device is named by a training run, or by its site. */
  private static UsageColumn deviceColumn(Activity activity, String device) {
    return activity instanceof Training training && training.accelerator().equals(device)
        ? UsageColumn.ACCELERATOR
        : UsageColumn.SITE;
  }

  @Override
  public void refused(long line, String reason, String raw) {
    quarantine.add(source.name(), line, reason, raw);
  }

  @Override
  public void note(String note) {
    notes.add(source.name() + ": " + note);
  }

  @Override
  public void progress(long bytes) {
    reading.progress(bytes, source.bytes(), accounted);
  }

  Set<String> notes() {
    return notes;
  }

  long accounted() {
    return accounted;
  }

  ActivityParser parser() {
    return parser;
  }

  String sourceName() {
    return source.name();
  }
}
