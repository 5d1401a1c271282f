package io.gtrace.ledger;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.ledger.format.FormatDefinition;
import io.gtrace.ledger.format.FormatRecords;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Usage that somebody hands over and wants an answer for before it is in a ledger. Each record is
 * judged at once; what is right becomes a line of {@linkplain InputFormat.Plain plain columns} in
 * JSON, which {@link LedgerIngest} takes later, however often. Not for sharing between threads.
 */
public final class UsageDelivery {
  private static final int EXAMPLES = 20;
  private static final Pattern JSON_INTEGER = Pattern.compile("0|[1-9][0-9]{0,17}");
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
  private final List<Refusal> refusals = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private long accepted;
  private long refused;
  private long leftOut;
  private long records;

  /**
   * @param catalogue tells what names mean
   * @param id of this delivery: a record that has no request id is told by its place in it, so that
   *     the same delivery under the same id counts once
   * @param now when it came, which is also the time of records that tell none; none can be later
   * @param defaults hold for records that do not say otherwise
   * @param team of all records, whatever they say; empty for what they say
   */
  public UsageDelivery(
      FactorCatalogue catalogue,
      String id,
      Instant now,
      UsageDefaults defaults,
      Optional<String> team) {
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
    return new FormatRecords(
        format,
        new DefinedRows(format, defaults, rows) {
          @Override
          public void leftOut() {
            leftOut++;
          }
        });
  }

  /** What came of it; nothing is added afterwards. */
  public Accepted finish() {
    out.close();
    return new Accepted(
        accepted, leftOut, refused, refusals, notes, new Lines(lines.toByteArray()));
  }

  private void write(UsageRow row) {
    out.writeStartObject();
    Map<UsageColumn, String> values = new EnumMap<>(row.values());
    values.putAll(always);
    values.putIfAbsent(UsageColumn.WHEN, now.toString());
    values.putIfAbsent(UsageColumn.REQUEST_ID, id + "#" + records);
    for (Map.Entry<UsageColumn, String> each : values.entrySet()) {
      out.writeName(each.getKey().label());
      if (each.getKey().isAmount() && JSON_INTEGER.matcher(each.getValue()).matches()) {
        out.writeNumber(Long.parseLong(each.getValue()));
      } else {
        out.writeString(each.getValue());
      }
    }
    out.writeEndObject();
    out.writeRaw('\n');
  }

  private void refuse(long line, String field, String reason) {
    refused++;
    if (refusals.size() < EXAMPLES) {
      refusals.add(new Refusal(rows.source, line, field, reason));
    }
  }

  /** Judges rows. */
  private final class Rows implements RowSink {
    private String source = "";

    @Override
    public void row(UsageRow row) {
      records++;
      try {
        parser.parse(row);
        write(row);
        accepted++;
      } catch (RefusedRowException wrong) {
        refuse(records, wrong.field(), wrong.reason());
      }
    }

    @Override
    public void refused(long line, String reason, String raw) {
      refuse(line, "", reason);
    }

    @Override
    public void unknown(UnknownNames names) {
      if (!names.isEmpty()) {
        note("fields not read: " + names.listed());
      }
    }

    @Override
    public void note(String note) {
      notes.add(note);
    }

    @Override
    public void progress(long bytes) {
      // A delivery is small.
    }
  }
}
