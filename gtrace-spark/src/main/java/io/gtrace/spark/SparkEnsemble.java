package io.gtrace.spark;

import io.gtrace.simulation.people.World;
import io.gtrace.simulation.study.Study;
import io.gtrace.simulation.study.StudyMember;
import io.gtrace.simulation.study.StudyOutcome;
import io.gtrace.simulation.study.StudyRun;
import io.gtrace.simulation.study.StudyRun.Progress;
import io.gtrace.simulation.study.StudyRun.Settings;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Runs ensembles of studies, and sweeps of parameters as many studies, with each run a task: the
 * same numbers, bit by bit, as {@link StudyRun} gives on one machine, however many executors there
 * are or are lost. Safe for use by many threads.
 */
public final class SparkEnsemble {
  private final SparkSession session;
  private final SharedCard card;

  /**
   * @param factors a file of own factors, under the same path on every machine; empty for none
   */
  public SparkEnsemble(SparkSession session, Optional<Path> factors) {
    this.session = session;
    card = SharedCard.of(factors);
  }

  /**
   * Studies on their way to executors, and what runs them there.
   *
   * @param studies each study, followed by its scenarios
   */
  private record Sweep(List<Study> studies, Settings settings, SharedCard card, SharedWorld world)
      implements Serializable {
    StudyMember member(Task task) {
      StudyRun run = new StudyRun(card.card(), world.world(), settings, Progress.SILENT);
      return run.member(studies.get(task.study()), task.run());
    }
  }

  /** The world of a process, read once. */
  private static final class SharedWorld implements Serializable {
    private static final long serialVersionUID = 1L;
    private transient @Nullable World world;

    synchronized World world() {
      World known = world;
      if (known == null) {
        known = World.shipped();
        world = known;
      }
      return known;
    }
  }

  /** One run of one study. */
  private record Task(int study, int run) implements Serializable {}

  /**
   * Runs studies.
   *
   * @param studies as of a sweep of parameters; their scenarios run too
   * @param settings more runs than one; threads are those of a run at its most
   * @return what came of each, in their order
   * @throws io.gtrace.simulation.study.StudyException if one cannot be run; the message says why
   */
  public List<StudyOutcome> run(List<Study> studies, Settings settings) {
    List<Study> all = studies.stream().flatMap(SparkEnsemble::withScenarios).toList();
    List<StudyMember> members = settings.runs() == 1 ? List.of() : members(all, settings);
    List<StudyOutcome> outcomes = new ArrayList<>();
    StudyRun here = new StudyRun(card.card(), World.shipped(), settings, Progress.SILENT);
    int first = 0;
    for (Study study : studies) {
      int begin = first;
      outcomes.add(
          here.run(
              study,
              (each, position) -> {
                int from = (begin + position) * settings.runs();
                return members.subList(from, from + settings.runs());
              }));
      first += 1 + study.scenarios().size();
    }
    return List.copyOf(outcomes);
  }

  private static Stream<Study> withScenarios(Study study) {
    return Stream.concat(Stream.of(study), study.scenarios().stream().map(Study.Scenario::study));
  }

  private List<StudyMember> members(List<Study> studies, Settings settings) {
    List<Task> tasks = new ArrayList<>();
    for (int study = 0; study < studies.size(); study++) {
      for (int run = 0; run < settings.runs(); run++) {
        tasks.add(new Task(study, run));
      }
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    Broadcast<Sweep> sweep =
        context.broadcast(new Sweep(List.copyOf(studies), settings, card, new SharedWorld()));
    try {
      return context
          .parallelize(tasks, tasks.size())
          .map(task -> sweep.value().member(task))
          .collect();
    } finally {
      sweep.unpersist();
    }
  }
}
