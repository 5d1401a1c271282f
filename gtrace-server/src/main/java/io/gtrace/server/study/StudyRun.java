package io.gtrace.server.study;

/**
 * How a run of a study stood at a moment.
 *
 * @param id of the run in the API
 * @param title of the study
 * @param state as the API calls it: {@code waiting}, {@code running}, {@code done}, {@code
 *     cancelled} or {@code failed}
 * @param share done, 0 to 1
 * @param isOver whether nothing changes any more
 * @param hasResult whether its result can be looked at
 * @param message why it failed; empty if it did not
 */
public record StudyRun(
    String id,
    String title,
    String state,
    double share,
    boolean isOver,
    boolean hasResult,
    String message) {
  static StudyRun of(StudyJob job) {
    StudyJob.Status status = job.status();
    return new StudyRun(
        job.id(),
        job.request().study().title(),
        status.state().label(),
        status.share(),
        status.state().isOver(),
        status.result().isPresent(),
        status.message());
  }
}
