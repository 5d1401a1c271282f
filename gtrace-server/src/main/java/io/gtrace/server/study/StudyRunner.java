package io.gtrace.server.study;

import io.gtrace.ratecard.RateCard;
import io.gtrace.simulation.people.World;
import io.gtrace.simulation.study.StudyOutcome;
import io.gtrace.simulation.study.StudyRun;

/** Runs studies within limits. */
final class StudyRunner {
  static final System.Logger LOG = System.getLogger(StudyRunner.class.getName());

  private final RateCard card;
  private final StudyLimits limits;

  StudyRunner(RateCard card, StudyLimits limits) {
    this.card = card;
    this.limits = limits;
  }

  StudyOutcome run(StudyRequest request, StudyRun.Progress progress) {
    return new StudyRun(card, World.shipped(), settings(request), progress).run(request.study());
  }

  /**
   * How it would be run.
   *
   * @throws IllegalArgumentException if the scale is out of its range
   */
  StudyRun.Settings settings(StudyRequest request) {
    return new StudyRun.Settings(
        request.scale().orElseGet(request.study()::scale),
        request.seed(),
        limits.threads(),
        request.runs(),
        limits.memoryShare());
  }
}
