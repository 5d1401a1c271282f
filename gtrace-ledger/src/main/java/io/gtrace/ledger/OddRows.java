package io.gtrace.ledger;

import io.gtrace.ledger.format.FormatDefinition;
import io.gtrace.ledger.format.FormatReader;
import io.gtrace.ledger.format.JsonDocuments;
import io.gtrace.ledger.format.ObjectReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.json.JsonFactory;

/** Judges, record by record, lines here and there of a text that is read in another way. */
final class OddRows {
  private final JsonFactory json = new JsonFactory();
  private final ShiftedRows rows;
  private final ObjectReader objects;
  private final Optional<DefinedRows> defined;
  private final Optional<PlainObjects> plain;

  /**
   * @param format of the records; empty where fields have the names of columns
   * @param sink takes rows by their lines in the whole text
   */
  OddRows(UsageSource source, Optional<FormatDefinition> format, RowSink sink) {
    rows = new ShiftedRows(sink);
    defined = format.map(each -> new DefinedRows(each, source.defaults(), rows));
    plain =
        format.isPresent()
            ? Optional.empty()
            : Optional.of(new PlainObjects(source.defaults(), rows));
    objects =
        defined.isPresent()
            ? new FormatReader(format.orElseThrow(), json, defined.get())
            : plain.orElseThrow();
  }

  /** Reads lines that follow one another. */
  void read(byte[] text, int from, int to, long linesBefore) throws IOException {
    rows.shift(linesBefore);
    new JsonDocuments(new ByteArrayInputStream(text, from, to - from), json, objects).read();
  }

  /**
   * To be called at the end.
   *
   * @param leftOut records that were found elsewhere to be no usage
   * @param wanted names of fields that were found elsewhere and mean something
   * @param unwanted those that do not
   */
  void finish(long leftOut, Set<String> wanted, Set<String> unwanted) {
    defined.ifPresent(each -> each.finish(leftOut));
    plain.ifPresent(each -> {
      wanted.forEach(each::met);
      unwanted.forEach(each::met);
      each.tellUnread();
    });
  }
}
