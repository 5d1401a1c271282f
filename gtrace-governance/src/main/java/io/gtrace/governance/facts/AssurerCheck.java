package io.gtrace.governance.facts;

import io.gtrace.governance.evidence.Evidence;
import io.gtrace.governance.evidence.EvidenceRow;
import io.gtrace.governance.evidence.EvidenceTable;
import io.gtrace.governance.evidence.Fault;
import io.gtrace.governance.evidence.Grade;
import io.gtrace.governance.profile.Assurer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which evidence third parties have signed. A row that says that a third party has checked it is
 * worth that only in a table with the signature of an assurer beside it, as {@code
 * assurance.csv.sig}; else it is worth what its kind usually is, and a claim if that is no less.
 *
 * @param evidence worth what it may be
 * @param signatures whose key signed which table, for who wants to ask them whether it is theirs
 */
public record AssurerCheck(Evidence evidence, List<String> signatures) {
  private static final String ENDING = ".sig";

  public AssurerCheck {
    signatures = List.copyOf(signatures);
  }

  /**
   * Checks the tables of which rows say that a third party has checked them.
   *
   * @param assurers whose signatures count
   */
  public static AssurerCheck of(Evidence evidence, List<Assurer> assurers) {
    Map<String, EvidenceTable> checked = new LinkedHashMap<>(evidence.tables());
    List<String> signatures = new ArrayList<>();
    checked.replaceAll((kind, table) -> {
      if (table.rows().stream().noneMatch(AssurerCheck::saysAssured)) {
        return table;
      }
      Path signature = Path.of(table.file() + ENDING);
      if (!Files.exists(signature)) {
        return unsigned(table, List.of());
      }
      Optional<Assurer> signer = signer(table, signature, assurers);
      signer.ifPresent(assurer ->
          signatures.add(
              signed(table)
                  + " is signed with the key "
                  + assurer.fingerprint()
                  + ", which the profile gives as that of "
                  + assurer.name()
                  + ": compare it with the one that they publish"));
      return signer.isPresent() ? table : unsigned(table, List.of(misfit(table, signature)));
    });
    return new AssurerCheck(
        new Evidence(evidence.folder(), checked, evidence.strangers()), signatures);
  }

  private static boolean saysAssured(EvidenceRow row) {
    return row.grade() == Grade.E4;
  }

  private static String signed(EvidenceTable table) {
    return String.valueOf(Path.of(table.file()).getFileName());
  }

  private static Optional<Assurer> signer(
      EvidenceTable table, Path signature, List<Assurer> assurers) {
    try {
      byte[] content = Files.readAllBytes(Path.of(table.file()));
      String text = Files.readString(signature);
      return assurers.stream().filter(each -> each.hasSigned(content, text)).findFirst();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Fault misfit(EvidenceTable table, Path signature) {
    return new Fault(
        table.kind().id(),
        signature.toString(),
        "is the signature of no assurer of the profile over "
            + signed(table)
            + " as it is now; have it signed again, or take the signature away");
  }

  private static EvidenceTable unsigned(EvidenceTable table, List<Fault> more) {
    Grade usual = table.kind().grade();
    Grade worth = usual == Grade.E4 ? Grade.E0 : usual;
    List<EvidenceRow> rows =
        table.rows().stream()
            .map(row -> saysAssured(row) ? new EvidenceRow(row.place(), worth, row.values()) : row)
            .toList();
    List<Fault> faults = new ArrayList<>(table.faults());
    faults.addAll(more);
    return new EvidenceTable(table.kind(), table.file(), rows, faults, table.isEmptyList());
  }
}
