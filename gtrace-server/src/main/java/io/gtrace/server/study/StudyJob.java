package io.gtrace.server.study;

import io.gtrace.report.StudyJson;
import io.gtrace.report.StudyPage;
import io.gtrace.simulation.document.DocumentException;
import io.gtrace.simulation.study.StudyOutcome;
import io.gtrace.simulation.study.StudyTotals;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A study that waits, runs or has run. Safe for use by many threads. */
final class StudyJob {
  private final String id;
  private final String organisation;
  private final StudyRequest request;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean cancelled;
  private Status status;

  /** How a study gets on. */
  enum State {
    WAITING,
    RUNNING,
    /** Run to its end. */
    DONE,
    /** Ended before; what was done by then is there, if anything was. */
    CANCELLED,
    /** Could not be run. */
    FAILED;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    boolean isOver() {
      return this == DONE || this == CANCELLED || this == FAILED;
    }
  }

  /** What came of it. */
  record Result(String json, String page, int hours, StudyTotals totals) {}

  /**
   * How it stands at a moment.
   *
   * @param changes grows with each change
   * @param share done, 0 to 1
   * @param message why it failed; empty if it did not
   */
  record Status(
      long changes,
      State state,
      double share,
      Optional<Instant> began,
      Optional<Instant> ended,
      Optional<Result> result,
      String message) {
    private Status at(State newState, double newShare) {
      return new Status(changes + 1, newState, newShare, began, ended, result, message);
    }
  }

  StudyJob(String id, String organisation, StudyRequest request, InstantSource clock) {
    this.id = id;
    this.organisation = organisation;
    this.request = request;
    this.clock = clock;
    status =
        new Status(0, State.WAITING, 0, Optional.empty(), Optional.empty(), Optional.empty(), "");
  }

  String id() {
    return id;
  }

  String organisation() {
    return organisation;
  }

  StudyRequest request() {
    return request;
  }

  Status status() {
    lock.lock();
    try {
      return status;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for something new.
   *
   * @param since the changes that are known
   * @return the newest status, which may be the known one after so long
   */
  Status awaitChange(long since, Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (status.changes() <= since && left > 0) {
        left = changed.awaitNanos(left);
      }
      return status;
    } finally {
      lock.unlock();
    }
  }

  /** Ends it as soon as may be. */
  void cancel() {
    lock.lock();
    try {
      cancelled = true;
      if (status.state() == State.WAITING) {
        end(State.CANCELLED, Optional.empty(), "");
      }
    } finally {
      lock.unlock();
    }
  }

  private void end(State state, Optional<Result> result, String message) {
    status =
        new Status(
            status.changes() + 1,
            state,
            state == State.DONE ? 1 : status.share(),
            status.began(),
            Optional.of(clock.instant()),
            result,
            message);
    changed.signalAll();
  }

  /** Runs it on this thread, unless it was cancelled before. */
  void run(StudyRunner runner) {
    if (!begin()) {
      return;
    }
    try {
      StudyOutcome outcome = runner.run(request, this::isToGoOn);
      Result result =
          new Result(
              StudyJson.of(outcome),
              StudyPage.html(outcome, clock.instant()),
              outcome.hours(),
              StudyTotals.of(outcome));
      over(outcome.isWhole() ? State.DONE : State.CANCELLED, Optional.of(result), "");
    } catch (CancellationException ended) {
      over(State.CANCELLED, Optional.empty(), "");
    } catch (DocumentException | IllegalArgumentException refused) {
      over(State.FAILED, Optional.empty(), String.valueOf(refused.getMessage()));
    } catch (RuntimeException | OutOfMemoryError fault) {
      StudyRunner.LOG.log(System.Logger.Level.ERROR, "study " + id + " failed", fault);
      over(State.FAILED, Optional.empty(), "a fault of gtrace itself; its log says more");
    }
  }

  private boolean begin() {
    lock.lock();
    try {
      if (status.state() != State.WAITING) {
        return false;
      }
      status =
          new Status(
              status.changes() + 1,
              State.RUNNING,
              0,
              Optional.of(clock.instant()),
              Optional.empty(),
              Optional.empty(),
              "");
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void over(State state, Optional<Result> result, String message) {
    lock.lock();
    try {
      end(state, result, message);
    } finally {
      lock.unlock();
    }
  }

  /** A run ends after its hour and keeps what is done; of an ensemble the runs that are whole. */
  private boolean isToGoOn(double share) {
    lock.lock();
    try {
      if (share > status.share()) {
        status = status.at(State.RUNNING, share);
        changed.signalAll();
      }
      return !cancelled;
    } finally {
      lock.unlock();
    }
  }
}
