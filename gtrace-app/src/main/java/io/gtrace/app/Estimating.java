package io.gtrace.app;

import io.gtrace.GTrace;
import io.gtrace.activity.Activity;
import io.gtrace.activity.Amortisation;
import io.gtrace.activity.Training;
import io.gtrace.factor.Model;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.VarianceShare;
import io.gtrace.report.Subject;
import io.gtrace.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How the command line estimates.
 *
 * @param training what of its model's training an activity is charged with; empty for nothing
 * @param method how it is priced
 * @param ecoLogits what the EcoLogits method is given; empty for the others
 */
record Estimating(
    GTrace gtrace,
    Optional<Amortisation> training,
    Method method,
    Optional<EcoLogitsOptions> ecoLogits) {
  /**
   * @throws IllegalArgumentException if another method is asked for
   */
  void requireOwnMethod() {
    if (method != Method.gtrace) {
      throw new IllegalArgumentException("--method " + method + " goes with gtrace estimate");
    }
  }

  Footprint estimate(Activity activity) {
    return training.isPresent()
        ? gtrace.estimate(activity, training.get())
        : gtrace.estimate(activity);
  }

  Trace explain(Activity activity) {
    Trace trace =
        training.isPresent() ? gtrace.explain(activity, training.get()) : gtrace.explain(activity);
    List<String> notes = new ArrayList<>(trace.notes());
    notes.addAll(Subject.openSizes(activity, row(activity)));
    return trace.withNotes(notes);
  }

  /** What makes the interval of its carbon wide; nothing is said of a share of training. */
  List<VarianceShare> sensitivity(Activity activity) {
    return training.isPresent() ? List.of() : gtrace.sensitivity(activity, Impact.CARBON_KG);
  }

  /** All parameters of the model that a training makes, where the catalogue knows them exactly. */
  OptionalDouble trainedParameters(Activity activity) {
    if (!(activity instanceof Training)) {
      return OptionalDouble.empty();
    }
    return gtrace
        .card()
        .catalogue()
        .findModel(activity.model())
        .map(Model::totalParametersB)
        .filter(size -> size.low() == size.high())
        .map(size -> OptionalDouble.of(size.low() * 1e9))
        .orElse(OptionalDouble.empty());
  }

  /** What the figures of an activity are figures of. */
  Subject subject(Activity activity) {
    if (method == Method.ecologits) {
      return Subject.asNamed(activity);
    }
    Subject used = Subject.of(activity, row(activity));
    return training
        .map(share -> used.withNotes(row(share.training()).notes(), "training: "))
        .orElse(used);
  }

  CardRow row(Activity activity) {
    return gtrace.card().row(activity);
  }
}
