package io.gtrace.ledger;

import io.gtrace.activity.Activity;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.RateCard;
import java.io.EOFException;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipException;

/** Reads one usage source row by row; what is bad goes to the quarantine, the rest to a sink. */
final class UsageReader implements RowSink {
  private final UsageSource source;
  private final ActivityParser parser;
  private final ActivityPricing pricing;
  private final Quarantine quarantine;
  private final Reading reading;
  private final PricedRowSink sink;
  private final SourceNotes notes;
  private final SourceRows rows;
  private final Set<UsageColumn> missing = EnumSet.noneOf(UsageColumn.class);
  private UnknownNames unknown = new UnknownNames(List.of(), List.of());
  private long accounted;
  private long sayingTooLittle;
  private boolean otherwiseRefused;

  UsageReader(
      UsageSource source,
      ActivityParser parser,
      RateCard card,
      Quarantine quarantine,
      Reading reading,
      PricedRowSink sink,
      SourceNotes notes) {
    this.source = source;
    this.notes = notes;
    this.parser = parser;
    pricing = new ActivityPricing(card);
    this.quarantine = quarantine;
    this.reading = reading;
    this.sink = sink;
    rows = new SourceRows(source, this);
  }

  /** How the rows come about. */
  SourceRows rows() {
    return rows;
  }

  /**
   * Reads a source in a text format to its end.
   *
   * @throws UsageException if nothing of it can be read
   */
  void readText() {
    try (TextContent content = TextContent.open(source)) {
      try {
        rows.readText(content);
        requireColumns();
      } catch (IOException fault) {
        brokenOff(fault);
      }
    } catch (IOException unreadable) {
      throw new UsageException(
          source.name() + ": cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }

  /** Tells that the source could not be read to its end. */
  void brokenOff(IOException fault) {
    String words = breakOff(fault);
    refused(0, words, "");
    note(words);
  }

  private String breakOff(IOException fault) {
    String why =
        fault instanceof EOFException
            ? "the archive is incomplete"
            : fault instanceof ZipException
                ? "the archive is damaged"
                : "it cannot be read further (" + fault.getMessage() + ")";
    return String.format(
        Locale.ROOT,
        "the file breaks off: %s; %,d %s before that %s accounted",
        why,
        accounted,
        accounted == 1 ? "row" : "rows",
        accounted == 1 ? "was" : "were");
  }

  /** Rows that were accounted in another way. */
  void accounted(long more) {
    accounted += more;
  }

  /** Accounts a row, or quarantines it. */
  @Override
  public void row(UsageRow row) {
    try {
      Activity activity = parser.parse(row);
      CardRow cardRow = priced(activity);
      sink.accept(row, ActivityPricing.nameOf(activity, cardRow), activity, cardRow);
      accounted++;
    } catch (RefusedRowException refused) {
      missing.addAll(refused.missing());
      sayingTooLittle += refused.missing().isEmpty() ? 0 : 1;
      otherwiseRefused |= refused.missing().isEmpty();
      quarantine.add(source.name(), row, refused);
    }
  }

  /**
   * To be called at the end of the source.
   *
   * @throws UsageException if all its rows say too little, since no name in it means what they lack
   */
  void requireColumns() {
    boolean allAlike = accounted == 0 && sayingTooLittle > 0 && !otherwiseRefused;
    if (!allAlike || unknown.isEmpty() || missing.stream().anyMatch(unknown::isKnown)) {
      return;
    }
    throw rows.withNearest(
        new UsageException(
            String.format(
                Locale.ROOT,
                "%s: there is no %s %s, so none of its %,d %s can be accounted; not known are %s",
                source.name(),
                fieldWord(),
                missing.stream().map(UsageColumn::label).collect(Collectors.joining(" or ")),
                sayingTooLittle,
                sayingTooLittle == 1 ? "row" : "rows",
                unknown.listed())));
  }

  private String fieldWord() {
    return rows.isJson() ? "field" : "column";
  }

  /** The row of the card that prices an activity. */
  CardRow priced(Activity activity) throws RefusedRowException {
    return pricing.row(activity);
  }

  @Override
  public boolean takesRevisions() {
    return sink.takesRevisions();
  }

  @Override
  public void refused(long line, String reason, String raw) {
    otherwiseRefused = true;
    quarantine.add(source.name(), line, reason, raw);
  }

  @Override
  public void unknown(UnknownNames names) {
    unknown = names;
    if (!names.isEmpty()) {
      note(fieldWord() + "s not read: " + names.listed());
    }
  }

  @Override
  public void note(String note) {
    notes.add(source.name(), note);
  }

  @Override
  public void note(long records, String what) {
    notes.add(source.name(), records, what);
  }

  @Override
  public void progress(long bytes) {
    reading.progress(bytes, source.bytes(), accounted);
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
