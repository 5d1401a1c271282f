package io.gtrace.governance.advice;

import io.gtrace.activity.Modality;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Work of one workload at one row of the card: what changes transform. Immutable.
 *
 * @param subject the model, of training the accelerator
 * @param site short form of the site, as it was logged or as a change has it
 * @param year of the grid factors; empty where the work has no time
 * @param adjustments changes to its rates, in the order in which they came
 */
record Load(
    Workload workload,
    String subject,
    Modality modality,
    String site,
    OptionalInt year,
    Hours hours,
    List<Adjustment> adjustments) {

  Load {
    adjustments = List.copyOf(adjustments);
  }

  Load adjusted(Adjustment further) {
    List<Adjustment> all = new ArrayList<>(adjustments);
    all.add(further);
    return new Load(workload, subject, modality, site, year, hours, all);
  }

  Load at(String otherSite, Hours otherHours) {
    return new Load(workload, subject, modality, otherSite, year, otherHours, adjustments);
  }

  Load by(String otherSubject) {
    return new Load(workload, otherSubject, modality, site, year, hours, adjustments);
  }
}
