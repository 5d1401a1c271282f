package io.gtrace.governance.facts;

import io.gtrace.ledger.store.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an assurer signs: that a table, as it is, is evidence of an organisation for a period. The
 * signature holds for nothing else: not for another organisation, table or period, and not for the
 * table once it is changed.
 *
 * @param organisation as its profile names it
 * @param table the kind of evidence
 * @param digest of the file, {@code sha256:} and hexadecimal digits
 */
public record AssurerStatement(
    String organisation, String table, ReportingPeriod period, String digest) {
  private static final String VERSION = "gtrace-assurance";
  private static final String NUMBER = "1";
  private static final String SIGNATURE = "\nsignature:";
  private static final List<String> FIELDS =
      List.of(VERSION, "organisation", "table", "period", "digest");

  /**
   * The statement about a file.
   *
   * @throws UncheckedIOException if the file cannot be read
   */
  public static AssurerStatement of(
      String organisation, String table, ReportingPeriod period, Path file) {
    try {
      return new AssurerStatement(oneLine(organisation), table, period, Digest.of(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** A name as it stands in a line: nobody may add lines by a name. */
  static String oneLine(String name) {
    return name.strip().replaceAll("\\p{Cntrl}+", " ");
  }

  /** The text that is signed, in UTF-8. */
  public String text() {
    return VERSION
        + ": "
        + NUMBER
        + "\norganisation: "
        + organisation
        + "\ntable: "
        + table
        + "\nperiod: "
        + period
        + "\ndigest: "
        + digest
        + "\n";
  }

  /**
   * A statement with its signature, as a file has them.
   *
   * @param signature in Base64
   */
  record Signed(AssurerStatement statement, String signature) {

    /** Reads one; empty if it is none. */
    static Optional<Signed> read(Path file) {
      try {
        return of(Files.readString(file));
      } catch (IOException notText) {
        return Optional.empty();
      }
    }

    private static Optional<Signed> of(String text) {
      String plain = text.replace("\r\n", "\n");
      int at = plain.indexOf(SIGNATURE);
      if (at < 0) {
        return Optional.empty();
      }
      Map<String, String> fields = new LinkedHashMap<>();
      for (String line : plain.substring(0, at).lines().toList()) {
        int colon = line.indexOf(": ");
        if (colon < 0) {
          return Optional.empty();
        }
        fields.put(line.substring(0, colon), line.substring(colon + 2));
      }
      return List.copyOf(fields.keySet()).equals(FIELDS)
              && NUMBER.equals(fields.get(VERSION))
              && isBase64(plain.substring(at + SIGNATURE.length()))
          ? statement(fields)
              .map(each -> new Signed(each, plain.substring(at + SIGNATURE.length()).strip()))
          : Optional.empty();
    }

    private static boolean isBase64(String signature) {
      try {
        return Base64.getMimeDecoder().decode(signature).length > 0;
      } catch (IllegalArgumentException not) {
        return false;
      }
    }

    private static Optional<AssurerStatement> statement(Map<String, String> fields) {
      try {
        return Optional.of(
            new AssurerStatement(
                String.valueOf(fields.get("organisation")),
                String.valueOf(fields.get("table")),
                ReportingPeriod.parse(String.valueOf(fields.get("period"))),
                String.valueOf(fields.get("digest"))));
      } catch (IllegalArgumentException noPeriod) {
        return Optional.empty();
      }
    }
  }
}
