package io.gtrace.governance.facts;

import io.gtrace.governance.evidence.Evidence;
import io.gtrace.governance.evidence.EvidenceRow;
import io.gtrace.governance.evidence.EvidenceTable;
import io.gtrace.governance.evidence.Fault;
import io.gtrace.governance.evidence.Grade;
import io.gtrace.governance.facts.AssurerStatement.Signed;
import io.gtrace.governance.profile.Assurer;
import io.gtrace.governance.profile.Profile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which evidence third parties have signed. A row that says that a third party has checked it is
 * worth that only in a table with the signed statement of an assurer beside it, as {@code
 * assurance.csv.sig}; else it is worth what its kind usually is, and a claim if that is no less.
 *
 * @param evidence worth what it may be
 * @param remarks whose key signed which table, for who wants to ask them whether it is theirs, and
 *     which signatures are missing or of another period
 */
public record AssurerCheck(Evidence evidence, List<String> remarks) {
  private static final String ENDING = ".sig";

  public AssurerCheck {
    remarks = List.copyOf(remarks);
  }

  /** The file in which the signed statement about a table belongs. */
  public static Path signatureOf(Path table) {
    return Path.of(table + ENDING);
  }

  /**
   * Checks the tables of which rows say that a third party has checked them, and those that say
   * that there was nothing.
   *
   * @param profile names the assurers whose signatures count
   * @param period that is assessed: a signature must be for it, or for a longer one
   */
  public static AssurerCheck of(Evidence evidence, Profile profile, ReportingPeriod period) {
    Map<String, EvidenceTable> checked = new LinkedHashMap<>();
    List<String> remarks = new ArrayList<>();
    evidence
        .tables()
        .forEach((kind, table) ->
            checked.put(kind, new Check(table, profile, period, remarks).checked()));
    return new AssurerCheck(
        new Evidence(evidence.folder(), checked, evidence.strangers()), remarks);
  }

  /** The check of one table. */
  private record Check(
      EvidenceTable table, Profile profile, ReportingPeriod period, List<String> remarks) {

    EvidenceTable checked() {
      boolean saysAssured = table.rows().stream().anyMatch(row -> row.grade() == Grade.E4);
      Path file = signatureOf(Path.of(table.file()));
      if (!saysAssured && !(table.saysNone() && Files.exists(file))) {
        return table;
      }
      if (!Files.exists(file)) {
        remarks.add(
            table.file()
                + " says that a third party has checked it, and nobody has signed it: there is no "
                + file.getFileName()
                + " beside it; its rows are worth "
                + worth());
        return unsigned();
      }
      Optional<String> misfit = misfit(file);
      return misfit.isPresent()
          ? unsigned().with(List.of(new Fault(table.kind().id(), file.toString(), misfit.get())))
          : signed(file);
    }

    private Optional<String> misfit(Path file) {
      Optional<Signed> read = Signed.read(file);
      if (read.isEmpty()) {
        return Optional.of(
            "is no signed statement; gtrace pyramid statement writes what an assurer signs");
      }
      Signed signed = read.get();
      if (signer(signed).isEmpty()) {
        return Optional.of(
            "was changed since it was signed, or is signed with no key of the profile ("
                + (profile.assurers().isEmpty()
                    ? "it names no assurers"
                    : profile.assurers().stream()
                        .map(each -> each.name() + " " + each.fingerprint())
                        .collect(Collectors.joining(", ")))
                + ")");
      }
      AssurerStatement about = signed.statement();
      AssurerStatement now =
          AssurerStatement.of(
              profile.organisation(), table.kind().id(), about.period(), Path.of(table.file()));
      if (!about.organisation().equals(now.organisation())) {
        return Optional.of(
            "is about the organisation '"
                + about.organisation()
                + "', and not '"
                + now.organisation()
                + "'");
      }
      if (!about.table().equals(now.table())) {
        return Optional.of("is about the table " + about.table() + ", and not " + now.table());
      }
      return about.digest().equals(now.digest())
          ? Optional.empty()
          : Optional.of(
              "is about another content of "
                  + table.fileName()
                  + ": have what it says now signed anew, or take the signature away");
    }

    private Optional<Assurer> signer(Signed signed) {
      byte[] text = signed.statement().text().getBytes(StandardCharsets.UTF_8);
      return profile.assurers().stream()
          .filter(each -> each.hasSigned(text, signed.signature()))
          .findFirst();
    }

    private EvidenceTable signed(Path file) {
      Signed signed = Signed.read(file).orElseThrow();
      Assurer assurer = signer(signed).orElseThrow();
      if (!signed.statement().period().holds(period)) {
        remarks.add(
            file
                + " is for "
                + signed.statement().period()
                + ": for "
                + period
                + " no third party has checked "
                + table.fileName()
                + "; its rows are worth "
                + worth());
        return unsigned();
      }
      remarks.add(
          table.fileName()
              + " is signed for "
              + signed.statement().period()
              + " with the key "
              + assurer.fingerprint()
              + ", which the profile gives as that of "
              + assurer.name()
              + ": compare it with the one that they publish");
      return table.assured();
    }

    private EvidenceTable unsigned() {
      return table.with(row ->
          row.grade() == Grade.E4 ? new EvidenceRow(row.place(), worth(), row.values()) : row);
    }

    private Grade worth() {
      Grade usual = table.kind().grade();
      return usual == Grade.E4 ? Grade.E0 : usual;
    }
  }
}
