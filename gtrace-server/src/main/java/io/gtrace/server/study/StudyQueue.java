package io.gtrace.server.study;

import io.gtrace.server.http.Problem;
import io.helidon.http.Status;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Studies of all organisations, so many at once; the newest of those that are over are kept. */
final class StudyQueue implements AutoCloseable {
  private static final int MOST_WAITING = 8;
  private static final int MOST_KEPT = 20;
  private static final Duration AGAIN_AFTER = Duration.ofMinutes(1);

  private final StudyLimits limits;
  private final InstantSource clock;
  private final ExecutorService workers;
  private final Map<String, StudyJob> jobs = new LinkedHashMap<>();

  StudyQueue(StudyLimits limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
    workers =
        Executors.newFixedThreadPool(
            Math.max(1, limits.atOnce()), Thread.ofPlatform().name("study ", 0).factory());
  }

  /**
   * Takes a study, to be run as soon as may be.
   *
   * @throws Problem if too many wait, or none may be run
   */
  synchronized StudyJob add(String organisation, StudyRequest request, StudyRunner runner) {
    if (limits.atOnce() == 0) {
      throw Problem.of(Status.FORBIDDEN_403, "this server runs no studies");
    }
    long waiting =
        jobs.values().stream()
            .filter(each -> each.status().state() == StudyJob.State.WAITING)
            .count();
    if (waiting >= MOST_WAITING) {
      throw Problem.passing(
          Status.TOO_MANY_REQUESTS_429,
          waiting + " studies wait already; try again later or cancel one",
          AGAIN_AFTER);
    }
    StudyJob job = new StudyJob(UUID.randomUUID().toString(), organisation, request, clock);
    jobs.put(job.id(), job);
    forgetOld();
    workers.execute(() -> job.run(runner));
    return job;
  }

  private void forgetOld() {
    List<StudyJob> over =
        jobs.values().stream().filter(each -> each.status().state().isOver()).toList();
    over.stream()
        .limit(Math.max(0, over.size() - MOST_KEPT))
        .forEach(each -> jobs.remove(each.id()));
  }

  /** The studies of an organisation, newest first. */
  synchronized List<StudyJob> of(String organisation) {
    List<StudyJob> own =
        new ArrayList<>(
            jobs.values().stream()
                .filter(each -> each.organisation().equals(organisation))
                .toList());
    return own.reversed();
  }

  /** A study of an organisation. */
  synchronized Optional<StudyJob> find(String organisation, String id) {
    return Optional.ofNullable(jobs.get(id))
        .filter(each -> each.organisation().equals(organisation));
  }

  synchronized void remove(StudyJob job) {
    jobs.remove(job.id());
  }

  /** Cancels all. */
  @Override
  public void close() {
    List<StudyJob> all;
    synchronized (this) {
      all = List.copyOf(jobs.values());
    }
    all.forEach(StudyJob::cancel);
    workers.shutdown();
  }
}
