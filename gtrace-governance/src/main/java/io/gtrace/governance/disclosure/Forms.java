package io.gtrace.governance.disclosure;

import io.gtrace.governance.evidence.Evidence;
import io.gtrace.governance.evidence.EvidenceKinds;
import io.gtrace.governance.facts.AssurerCheck;
import io.gtrace.governance.facts.Facts;
import io.gtrace.governance.facts.LedgerFacts;
import io.gtrace.governance.facts.NameCheck;
import io.gtrace.governance.facts.ReportingPeriod;
import io.gtrace.governance.profile.Profile;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ratecard.RateCard;
import java.util.List;

/**
 * Forms of an organisation and a period.
 *
 * @param evidence that they were filled from, with what of it could not be used
 */
public record Forms(List<Form> forms, Evidence evidence) {
  public Forms {
    forms = List.copyOf(forms);
  }

  /**
   * Fills the forms of some standards from a ledger, a profile and its evidence.
   *
   * @param card what prices; it should allow fallbacks
   * @param meteredShare of the energy that must be metered for a figure to count as measured
   */
  public static Forms filled(
      List<Standard> standards,
      Ledger.Snapshot ledger,
      Profile profile,
      ReportingPeriod period,
      RateCard card,
      double meteredShare) {
    try (LedgerFacts ledgerFacts = new LedgerFacts(ledger, period)) {
      Evidence evidence =
          NameCheck.of(
              AssurerCheck.of(
                      Evidence.read(profile.evidence(), EvidenceKinds.shipped()), profile, period)
                  .evidence(),
              ledgerFacts,
              card.catalogue());
      Facts facts = new Facts(period, ledgerFacts, profile, evidence, card, meteredShare);
      return new Forms(standards.stream().map(each -> Form.filled(each, facts)).toList(), evidence);
    }
  }

  /** The same with only the fields that somebody may read. */
  public Forms forAudience(String reader) {
    return new Forms(forms.stream().map(form -> form.forAudience(reader)).toList(), evidence);
  }
}
