package io.gtrace.server.page;

import io.gtrace.governance.evidence.Evidence;
import io.gtrace.governance.evidence.EvidenceKinds;
import io.gtrace.governance.facts.ReportingPeriod;
import io.gtrace.governance.facts.WholePeriod;
import io.gtrace.governance.profile.Profile;
import io.gtrace.governance.pyramid.Assessment;
import io.gtrace.governance.pyramid.AssessmentHistory;
import io.gtrace.governance.pyramid.Assessor;
import io.gtrace.governance.pyramid.Pyramid;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.report.AssessmentPage;
import java.nio.file.Path;
import java.util.Optional;

/** Which level of the AI Sustainability Pyramid the organisation has reached. */
final class PyramidAssessment {
  private static final String SUMMARY =
      "Seven levels, from every AI system is known to absolute decline; the level that ledger and"
          + " evidence show.";

  private final Optional<Path> profile;

  PyramidAssessment(Optional<Path> profile) {
    this.profile = profile;
  }

  View of(Visit visit) {
    if (!visit.seesAll()) {
      return EmbeddedView.without(
          Room.PYRAMID, SUMMARY, "Only those who see the whole organisation see its level.", "");
    }
    String folder = visit.shownFolder();
    if (profile.isEmpty()) {
      return EmbeddedView.without(
          Room.PYRAMID,
          SUMMARY,
          "Nobody told who the organisation is. Write its profile and evidence, and start the server"
              + " with it.",
          "gtrace pyramid init --out governance\ngtrace serve --ledger "
              + folder
              + " --profile governance/org.yaml");
    }
    Ledger.Snapshot snapshot = visit.organisation().ledger().snapshot();
    Profile who = Profile.read(profile.get());
    ReportingPeriod period =
        visit
            .fields()
            .text("period")
            .map(ReportingPeriod::parse)
            .orElseGet(() -> WholePeriod.lastOf(snapshot));
    Assessment assessment =
        new Assessor(Pyramid.shipped(), visit.card())
            .assess(
                snapshot,
                who,
                Evidence.read(who.evidence(), EvidenceKinds.shipped()),
                period,
                AssessmentHistory.of(snapshot, who.organisation()));
    return new EmbeddedView(
        Room.PYRAMID,
        who.organisation() + ", " + period,
        "",
        "gtrace pyramid assess --ledger "
            + folder
            + " --profile "
            + (visit.caller().seesOperation() ? profile.get() : "FILE"),
        FinishedPage.of(AssessmentPage.html(assessment, visit.now())),
        "");
  }
}
