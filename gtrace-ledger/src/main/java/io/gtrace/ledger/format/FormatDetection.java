package io.gtrace.ledger.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.json.JsonFactory;

/**
 * Tells the format of a text by its beginning. The format is the one of which a record shows all
 * signs; of several the one with the most signs.
 */
public final class FormatDetection {
  private static final int MOST_RECORDS = 50;
  private static final int MOST_NEAREST = 3;

  private final List<Candidate> candidates = new ArrayList<>();
  private final JsonFactory json;

  /** A format, and the most of its signs that a record has shown. */
  private static final class Candidate {
    private final CompiledFormat format;
    private int signs;
    private int records;

    Candidate(CompiledFormat format) {
      this.format = format;
    }

    void look(FieldValues record) {
      signs = Math.max(signs, format.signs(record));
      records++;
    }

    boolean isDone() {
      return records >= MOST_RECORDS || isDetected();
    }

    boolean isDetected() {
      return signs > 0 && signs == format.definition().detect().size();
    }

    double share() {
      return (double) signs / Math.max(1, format.definition().detect().size());
    }
  }

  public FormatDetection(Formats formats, JsonFactory json) {
    formats.compiled().forEach(each -> candidates.add(new Candidate(each)));
    this.json = json;
  }

  /**
   * Looks at JSON.
   *
   * @param start the first bytes of a text; it may break off anywhere
   */
  public void lookAtJson(byte[] start) {
    for (Candidate each : candidates) {
      try {
        new JsonDocuments(new ByteArrayInputStream(start), json, new Look(each, json)).read();
      } catch (IOException notInMemory) {
        throw new IllegalStateException(notInMemory);
      }
    }
  }

  /**
   * Looks at a table.
   *
   * @param rows some of its rows, each as long as the header
   */
  public void lookAtTable(List<String> header, List<List<String>> rows) {
    for (Candidate each : candidates) {
      TableLook look = new TableLook(each, header);
      // Names alone are signs too.
      List<List<String>> looked =
          rows.isEmpty() ? List.of(header.stream().map(name -> "").toList()) : rows;
      looked.forEach(look::row);
    }
  }

  /**
   * Looks at a text that may be a log.
   *
   * @param lines the first of it
   */
  public void lookAtLines(Iterable<String> lines) {
    for (Candidate each : candidates) {
      if (each.format.definition().lines().isEmpty()) {
        continue;
      }
      for (String line : lines) {
        FieldValues record = each.isDone() ? null : each.format.line(0, line);
        if (record != null) {
          each.look(record);
        }
      }
    }
  }

  /** The format; empty if it is none that is known. */
  public Optional<FormatDefinition> found() {
    return candidates.stream()
        .filter(Candidate::isDetected)
        .max(Comparator.comparingInt(each -> each.format.definition().detect().size()))
        .map(each -> each.format.definition());
  }

  /** The formats of which most signs are there, for a message. */
  public List<FormatDefinition> nearest() {
    return candidates.stream()
        .filter(each -> each.share() >= 0.5)
        .sorted(Comparator.comparingDouble(Candidate::share).reversed())
        .limit(MOST_NEAREST)
        .map(each -> each.format.definition())
        .toList();
  }

  private static final class Look extends RecordObjects {
    private final Candidate candidate;

    Look(Candidate candidate, JsonFactory json) {
      super(candidate.format, json);
      this.candidate = candidate;
    }

    @Override
    void take(FieldValues record) {
      candidate.look(record);
    }

    @Override
    void takeOrphan(long line) {
      // It tells no format.
    }

    @Override
    public boolean isDone() {
      return candidate.isDone();
    }

    @Override
    public void refused(JsonFault fault) {
      // The start of a text breaks off, which is no fault.
    }

    @Override
    public void progress(long bytes) {
      // Nobody waits for it.
    }
  }

  /** A table shows a sign that is only a name by having the column. */
  private static final class TableLook {
    private final Candidate candidate;
    private final List<String> header;

    TableLook(Candidate candidate, List<String> header) {
      this.candidate = candidate;
      this.header = header;
    }

    void row(List<String> values) {
      int signs = 0;
      for (Condition each : candidate.format.definition().detect()) {
        signs += isMet(each, values) ? 1 : 0;
      }
      candidate.signs = Math.max(candidate.signs, signs);
    }

    private boolean isMet(Condition condition, List<String> values) {
      return condition.fields().stream()
          .mapToInt(header::indexOf)
          .anyMatch(
              at -> at >= 0 && (condition.asksPresence() || condition.isMetBy(values.get(at))));
    }
  }
}
