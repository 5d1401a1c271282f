package io.gtrace.ledger;

import io.gtrace.activity.Activity;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.ledger.format.FormatDefinition;
import io.gtrace.ledger.format.FormatRecords;
import io.gtrace.ledger.format.LineFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;

/**
 * Usage that somebody hands over and wants an answer for before it is in a ledger. Each record is
 * judged at once; what is right becomes a line of {@linkplain InputFormat.Plain plain columns} in
 * JSON, which {@link LedgerIngest} takes later, however often. Not for sharing between threads.
 */
public final class UsageDelivery {
  private static final int EXAMPLES = 20;
  private static final int MOST_DIGITS = 18;
  private static final int PORTION_BYTES = 64 << 10;

  /** Of a text of a record, in characters: nobody's name or id is longer. */
  static final int LONGEST_TEXT = 1000;

  private static final Map<UsageColumn, SerializedString> NAMES = names();
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET, StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
          .build();

  private final String id;
  private final Instant now;
  private final Map<UsageColumn, String> defaults;
  private final Map<UsageColumn, String> always;
  private final ActivityParser parser;
  private final Rows rows = new Rows();
  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
  private final JsonGenerator out =
      JSON.createGenerator(ObjectWriteContext.empty(), lines, JsonEncoding.UTF8);
  private final List<DefinedRows> open = new ArrayList<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private long accepted;
  private long refused;
  private long leftOut;
  private long records;
  private final IntConsumer growth;
  private int told;

  /**
   * @param catalogue tells what names mean
   * @param id of this delivery: a record that has no request id is told by its place in it, so that
   *     the same delivery under the same id counts once
   * @param now when it came, which is also the time of records that tell none; none can be later
   * @param defaults hold for records that do not say otherwise
   * @param team of all records, whatever they say; empty for what they say
   * @param growth told of bytes that the lines take in memory, so that it can end the reading
   */
  public UsageDelivery(
      FactorCatalogue catalogue,
      String id,
      Instant now,
      UsageDefaults defaults,
      Optional<String> team,
      IntConsumer growth) {
    this.growth = growth;
    this.id = id;
    this.now = now;
    this.defaults = defaults.byColumn();
    always = new EnumMap<>(UsageColumn.class);
    team.ifPresent(name -> always.put(UsageColumn.TEAM, name));
    parser = new ActivityParser(catalogue, now);
  }

  /**
   * What came of a delivery.
   *
   * @param accepted records that are right
   * @param leftOut records that are none of usage, such as spans of a database
   * @param refused records that are wrong
   * @param refusals the first of them; their line counts records, or where it is no record the
   *     lines of the text, from 1
   * @param notes what the sender should know
   * @param lines those that are right, one JSON object a line, in UTF-8
   */
  public record Accepted(
      long accepted,
      long leftOut,
      long refused,
      List<Refusal> refusals,
      List<String> notes,
      Lines lines) {
    public Accepted {
      refusals = List.copyOf(refusals);
      notes = List.copyOf(notes);
    }
  }

  /** Lines of plain columns. They are written and never changed. */
  public static final class Lines {
    private final byte[] utf8;

    private Lines(byte[] utf8) {
      this.utf8 = utf8;
    }

    /** The bytes; not to be changed. */
    public byte[] utf8() {
      return utf8;
    }

    public boolean isEmpty() {
      return utf8.length == 0;
    }
  }

  /**
   * Reads records of a text.
   *
   * @param name what messages call it
   * @throws UsageException if nothing of it can be read
   */
  public void read(String name, byte[] content, InputFormat format) {
    rows.source = name;
    UsageSource source =
        new UsageSource(
            name,
            UsageFormat.JSONL,
            format,
            content.length,
            Optional.empty(),
            () -> new ByteArrayInputStream(content),
            true,
            defaults);
    try {
      SourceRows.read(source, rows);
    } catch (IOException broken) {
      throw new UsageException(name + ": breaks off: " + broken.getMessage(), broken);
    }
  }

  /**
   * Takes records whose fields come from elsewhere than a text.
   *
   * @param name what messages call them
   */
  public FormatRecords records(String name, FormatDefinition format) {
    rows.source = name;
    DefinedRows taken =
        new DefinedRows(format, defaults, rows) {
          @Override
          public void leftOut() {
            leftOut++;
          }
        };
    open.add(taken);
    return new FormatRecords(format, taken);
  }

  private static Map<UsageColumn, SerializedString> names() {
    Map<UsageColumn, SerializedString> names = new EnumMap<>(UsageColumn.class);
    for (UsageColumn column : UsageColumn.values()) {
      names.put(column, new SerializedString(column.label()));
    }
    return Collections.unmodifiableMap(names);
  }

  /** What came of it; nothing is added afterwards. */
  public Accepted finish() {
    open.forEach(DefinedRows::finish);
    out.close();
    return new Accepted(
        accepted, leftOut, refused, refusals, rows.notes(), new Lines(lines.toByteArray()));
  }

  /**
   * Times are written as microseconds since 1970, as a ledger keeps them, and numbers as such:
   * lines of this form are read fastest.
   */
  private void write(UsageRow row, Activity activity) {
    out.writeStartObject();
    for (UsageColumn column : UsageColumn.values()) {
      String value = always.getOrDefault(column, row.text(column));
      if (column == UsageColumn.WHEN) {
        out.writeName(NAMES.get(column));
        out.writeNumber(
            ChronoUnit.MICROS.between(Instant.EPOCH, activity.context().when().orElse(now)));
      } else if (column == UsageColumn.REQUEST_ID && value.isEmpty()) {
        out.writeName(NAMES.get(column));
        out.writeString(id + "#" + records);
      } else if (!value.isEmpty()) {
        out.writeName(NAMES.get(column));
        if (column.isAmount() && isInteger(value)) {
          out.writeRawValue(value);
        } else {
          out.writeString(value);
        }
      }
    }
    if (row.growing()) {
      out.writeBooleanProperty(LineFormat.GROWS, true);
    }
    out.writeEndObject();
    out.writeRaw('\n');
  }

  /** Whether a text stands for a whole number in JSON too. */
  private static boolean isInteger(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return text.length() <= MOST_DIGITS && (text.length() == 1 || text.charAt(0) != '0');
  }

  private static void requireBounded(UsageRow row) throws RefusedRowException {
    for (UsageColumn column : UsageColumn.values()) {
      if (row.text(column).length() > LONGEST_TEXT) {
        throw new RefusedRowException(
            column.label(), "is longer than " + LONGEST_TEXT + " characters");
      }
    }
  }

  private void tellGrowth() {
    int more = lines.size() - told;
    if (more >= PORTION_BYTES) {
      growth.accept(more);
      told += more;
    }
  }

  private void refuse(long line, String field, String reason) {
    refused++;
    if (refusals.size() < EXAMPLES) {
      refusals.add(new Refusal(rows.source, line, field, reason));
    }
  }

  /** Judges rows. */
  private final class Rows extends JudgedRows {
    private String source = "";

    @Override
    public void row(UsageRow row) {
      records++;
      try {
        requireBounded(row);
        write(row, parser.parse(row));
        accepted++;
        tellGrowth();
      } catch (RefusedRowException wrong) {
        refuse(records, wrong.field(), wrong.reason());
      }
    }

    @Override
    public void refused(long line, String reason, String raw) {
      refuse(line, "", reason);
    }
  }
}
