package io.gtrace.app;

import io.gtrace.GTrace;
import io.gtrace.ratecard.RateCard;
import io.gtrace.simulation.people.World;
import io.gtrace.simulation.study.Study;
import io.gtrace.simulation.study.StudyException;
import io.gtrace.simulation.study.StudyOutcome;
import io.gtrace.simulation.study.StudyRun;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How studies are run. */
final class RunOptions {
  @Mixin private FactorOptions factors = new FactorOptions();

  @Option(
      names = "--scale",
      paramLabel = "SHARE",
      description = {
        "People simulated for one person of the study, above 0 and at most 1: 1 for every person"
            + " (default: as the study says, else 0.01). Figures are those of the full size."
      })
  private Optional<Double> scale = Optional.empty();

  @Option(
      names = "--days",
      paramLabel = "DAYS",
      description = "Length of the run (default: as the study says).")
  private Optional<Double> days = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "Another seed gives another world of the same kind (default: 1).")
  private long seed;

  @Option(
      names = "--threads",
      paramLabel = "NUMBER",
      description = {
        "Threads (default: one for each processor). The result is the same for any number."
      })
  private Optional<Integer> threads = Optional.empty();

  @Option(
      names = "--runs",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = {
        "Runs, each with other draws of everything that is uncertain; intervals then tell of all"
            + " of it (default: 1, with the medians of the study and draws of the rate card alone)."
      })
  private int runs;

  private StudyRun.Settings settings(Study study) {
    int all = Runtime.getRuntime().availableProcessors();
    return new StudyRun.Settings(scale.orElseGet(study::scale), seed, threads.orElse(all), runs);
  }

  /** What prices a ledger beside the study. */
  RateCard ledgerCard() {
    return factors.ledgerCard();
  }

  /** The study as long as it is asked for. */
  Study lasting(Study study) {
    if (days.isEmpty()) {
      return study;
    }
    double asked = days.get();
    if (!(asked > 0 && asked <= Study.MOST_DAYS)) {
      throw new IllegalArgumentException(
          "--days must be above 0 and at most " + Study.MOST_DAYS + ", not " + asked);
    }
    return study.forDays(asked);
  }

  /**
   * Runs a study; what is done by the time it is stopped is kept.
   *
   * @throws StudyException if nothing is by then
   */
  StudyOutcome run(Study study, PrintWriter err, StopSignal stop) {
    GTrace gtrace = factors.gtrace();
    try (StudyProgress progress = new StudyProgress(err, stop)) {
      return new StudyRun(gtrace.card(), World.shipped(), settings(study), progress).run(study);
    } catch (CancellationException nothingDone) {
      throw new StudyException(study.id() + ": " + nothingDone.getMessage());
    }
  }
}
