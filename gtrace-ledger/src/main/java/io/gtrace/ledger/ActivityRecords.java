package io.gtrace.ledger;

import io.gtrace.activity.Activity;
import io.gtrace.ledger.format.JsonDocuments;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.RateCard;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.json.JsonFactory;

/**
 * Activities that somebody describes in plain columns and wants priced at once; nothing of them
 * goes into a ledger. Safe for use by many threads.
 */
public final class ActivityRecords {
  private static final JsonFactory JSON = new JsonFactory();

  private final RateCard card;
  private final ActivityParser parser;

  /**
   * @param card what prices
   * @param clock no activity can be later
   */
  public ActivityRecords(RateCard card, InstantSource clock) {
    this.card = card;
    parser = new ActivityParser(card.catalogue(), clock);
  }

  /** What came of a record. */
  public sealed interface Judged permits Priced, Refused {}

  /**
   * A record that is right.
   *
   * @param activity what it says
   * @param row what prices it
   */
  public record Priced(Activity activity, CardRow row) implements Judged {}

  /**
   * A record that is wrong.
   *
   * @param refusal its line counts records, from 1
   */
  public record Refused(Refusal refusal) implements Judged {}

  /**
   * What came of records.
   *
   * @param records in their order
   * @param notes what the sender should know, as fields that were not read
   */
  public record Answer(List<Judged> records, List<String> notes) {
    public Answer {
      records = List.copyOf(records);
      notes = List.copyOf(notes);
    }
  }

  /**
   * Reads records in JSON: one object, several, or a list of them.
   *
   * @param name what messages call the text
   * @param json in UTF-8
   */
  public Answer read(String name, byte[] json) {
    Records records = new Records(name);
    PlainObjects objects = new PlainObjects(Map.of(), records);
    try {
      new JsonDocuments(json, JSON, objects).read();
    } catch (IOException broken) {
      throw new UsageException(name + ": breaks off: " + broken.getMessage(), broken);
    }
    objects.tellUnread();
    return new Answer(records.judged, records.notes());
  }

  /**
   * Reads one record.
   *
   * @param name what messages call it
   * @param values by column, as in a file
   */
  public Judged read(String name, Map<UsageColumn, String> values) {
    Records records = new Records(name);
    RowValues row = new RowValues();
    values.forEach(row::put);
    records.row(row.row(1, Map.of()));
    return records.judged.get(0);
  }

  /** Judges rows. */
  private final class Records extends JudgedRows {
    private final String source;
    private final List<Judged> judged = new ArrayList<>();

    Records(String source) {
      this.source = source;
    }

    @Override
    public void row(UsageRow row) {
      try {
        Activity activity = parser.parse(row);
        judged.add(new Priced(activity, new ActivityPricing(card).row(activity)));
      } catch (RefusedRowException wrong) {
        refuse(wrong.field(), wrong.reason());
      }
    }

    private void refuse(String field, String reason) {
      judged.add(new Refused(new Refusal(source, judged.size() + 1L, field, reason)));
    }

    @Override
    public void refused(long line, String reason, String raw) {
      refuse("", reason);
    }
  }
}
