package io.gtrace.server.study;

import io.gtrace.simulation.study.StudyTotals;
import java.util.Optional;

/**
 * How a run of a study stood at a moment.
 *
 * @param id of the run in the API
 * @param title of the study
 * @param state as the API calls it: {@code waiting}, {@code running}, {@code done}, {@code
 *     cancelled} or {@code failed}
 * @param share done, 0 to 1
 * @param isOver whether nothing changes any more
 * @param totals what came of it, if anything did; then its result can be looked at
 * @param message why it failed; empty if it did not
 */
public record StudyRun(
    String id,
    String title,
    String state,
    double share,
    boolean isOver,
    Optional<StudyTotals> totals,
    String message) {
  static StudyRun of(StudyJob job) {
    StudyJob.Status status = job.status();
    return new StudyRun(
        job.id(),
        job.request().study().title(),
        status.state().label(),
        status.share(),
        status.state().isOver(),
        status.result().map(StudyJob.Result::totals),
        status.message());
  }
}
