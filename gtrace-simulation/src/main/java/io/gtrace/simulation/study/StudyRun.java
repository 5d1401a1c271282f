package io.gtrace.simulation.study;

import io.gtrace.factor.UnknownNameException;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.ratecard.RateCard;
import io.gtrace.simulation.people.World;
import io.gtrace.simulation.study.StudyNumbers.State;
import io.gtrace.simulation.study.StudyOutcome.Group;
import io.gtrace.simulation.study.StudyOutcome.ScenarioOutcome;
import io.gtrace.simulation.wave.Workers;
import io.gtrace.uncertainty.Draws;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Runs a study: once with its inputs at their medians, or many times with other seeds, inputs and
 * factors. Scenarios run in the same worlds: the same people with the same luck, so that what
 * differs is what was changed.
 */
public final class StudyRun {
  static final long INPUT_SEED = 0x696E70757473L;
  private static final int MOST_RUNS = 10_000;

  private final RateCard card;
  private final World world;
  private final Settings settings;
  private final Progress progress;

  /**
   * How to run.
   *
   * @param scale people simulated for one person of the study, above 0 and at most 1
   * @param seed of the first run; the others follow
   * @param threads 1 to 1,024
   * @param runs 1 for the medians of all inputs; more for an ensemble
   * @param memoryShare of the memory of this process that it may need, above 0 and at most 0.9
   */
  public record Settings(double scale, long seed, int threads, int runs, double memoryShare) {
    private static final double ALONE = 0.9;

    public Settings {
      require(
          memoryShare > 0 && memoryShare <= ALONE,
          "the share of memory must be above 0 and at most " + ALONE,
          memoryShare);
      require(scale > 0 && scale <= 1, "scale must be above 0 and at most 1", scale);
      require(threads >= 1 && threads <= 1_024, "threads must be 1 to 1024", threads);
      require(runs >= 1 && runs <= MOST_RUNS, "runs must be 1 to " + MOST_RUNS, runs);
    }

    /** Of a study that has the process for itself. */
    public Settings(double scale, long seed, int threads, int runs) {
      this(scale, seed, threads, runs, ALONE);
    }

    private static void require(boolean holds, String what, double found) {
      if (!holds) {
        throw new IllegalArgumentException(what + ", not " + found);
      }
    }
  }

  /** Hears how a study gets on, and may end it. */
  @FunctionalInterface
  public interface Progress {
    Progress SILENT = share -> true;

    /** The share that is done, 0 to 1; returns whether to go on. */
    boolean at(double share);
  }

  public StudyRun(RateCard card, World world, Settings settings, Progress progress) {
    this.card = card;
    this.world = world;
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * @throws StudyException if the study cannot be run; the message says why, where, and what to do
   * @throws CancellationException if an ensemble was told to stop before two of its runs were done;
   *     else what is done by then is told
   * @throws io.gtrace.factor.UnknownNameException if it names a model or place that is not known
   */
  public StudyOutcome run(Study study) {
    try {
      return compared(study);
    } catch (UnknownNameException unknown) {
      throw study.tree().placeOf(unknown.unknown()).map(unknown::at).orElse(unknown);
    }
  }

  /** How far all runs together have come. Once told to stop, nothing more is begun. */
  private final class Course {
    private final int parts;
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicBoolean stopped = new AtomicBoolean();

    Course(int parts) {
      this.parts = parts;
    }

    /** After some of a run, or a whole one; returns whether to go on. */
    boolean goesOn(double shareOfRun) {
      if (!stopped.get() && !progress.at((done.get() + shareOfRun) / parts)) {
        stopped.set(true);
      }
      return !stopped.get();
    }

    void finished() {
      done.incrementAndGet();
    }

    boolean isStopped() {
      return stopped.get();
    }
  }

  private StudyOutcome compared(Study study) {
    List<Study.Scenario> scenarios = study.scenarios();
    MemberRuns asItStands = new MemberRuns(study, world, card, settings);
    List<MemberRuns> changes =
        scenarios.stream()
            .map(scenario -> new MemberRuns(scenario.study(), world, card, settings))
            .toList();
    asItStands.require();
    changes.forEach(MemberRuns::require);
    Course course = new Course((1 + scenarios.size()) * settings.runs());
    List<Member> members = members(study, asItStands, course);
    if (members.size() < Math.min(2, settings.runs())) {
      throw new CancellationException(
          "stopped before two of the " + settings.runs() + " runs were done: nothing to tell");
    }
    Ensemble base = ensemble(study, members);
    List<ScenarioOutcome> compared = new ArrayList<>();
    for (int s = 0; s < scenarios.size() && !course.isStopped(); s++) {
      Study.Scenario scenario = scenarios.get(s);
      List<Member> changed = members(scenario.study(), changes.get(s), course);
      if (changed.size() == members.size() && changed.get(0).hours() == base.hours()) {
        compared.add(compared(scenario, base, ensemble(scenario.study(), changed)));
      }
    }
    List<Group> countries = base.countries();
    return new StudyOutcome(
        study,
        settings,
        base.people(),
        base.hours(),
        base.runs(),
        card.catalogue().factorSet(),
        base.figures(),
        base.idle(),
        base.localShare(),
        countries,
        base.venues(),
        base.series(),
        base.spread(countries),
        base.inputs(),
        training(study, base),
        compared,
        localChoices(study, base, countries));
  }

  private List<LocalChoice> localChoices(Study study, Ensemble base, List<Group> countries) {
    return study.asksWhoShouldRunWhere()
        ? new BreakEven(study, new StudyNumbers(study.tree(), State.MEDIANS), card)
            .choices(countries, base::outputsOf)
        : List.of();
  }

  private Ensemble ensemble(Study study, List<Member> members) {
    return new Ensemble(study, settings.scale(), members, inputDraws(), card.catalogue());
  }

  private Draws inputDraws() {
    return new Draws(Math.max(2, settings.runs()), INPUT_SEED);
  }

  private List<Member> members(Study study, MemberRuns wave, Course course) {
    return settings.runs() == 1
        ? List.of(atMedians(study, wave, course))
        : drawn(study, wave, inputDraws(), course);
  }

  private Member atMedians(Study study, MemberRuns wave, Course course) {
    StudyNumbers medians = new StudyNumbers(study.tree(), State.MEDIANS);
    Member only = wave.run(medians, settings.seed(), settings.threads(), course::goesOn);
    course.finished();
    return only;
  }

  /** The first runs: all, unless told to stop; no run of which only some hours were made. */
  private List<Member> drawn(Study study, MemberRuns wave, Draws inputs, Course course) {
    Map<Integer, Member> whole = new ConcurrentHashMap<>();
    int runs = settings.runs();
    try (Workers workers = new Workers(Math.min(runs, settings.threads()))) {
      workers.each(
          runs,
          i -> {
            if (course.isStopped()) {
              return;
            }
            StudyNumbers drawn = new StudyNumbers(study.tree(), State.drawn(inputs, i));
            Member member = wave.run(drawn, settings.seed() + i, 1, share -> course.goesOn(0));
            if (member.hours() == study.hours()) {
              whole.put(i, member);
              course.finished();
            }
          });
    }
    // Runs go with the draws of their number, so that one that is missing ends the row.
    return Stream.iterate(0, i -> i + 1).map(whole::get).takeWhile(Objects::nonNull).toList();
  }

  private Optional<StudyOutcome.TrainingOutcome> training(Study study, Ensemble base) {
    StudyNumbers medians = new StudyNumbers(study.tree(), State.MEDIANS);
    List<Double> energyKwh = base.series().stream().map(hour -> hour.energyKwh().median()).toList();
    return new TrainingComparison(study, medians, card)
        .beside(energyKwh, base.figures().footprint());
  }

  private static ScenarioOutcome compared(
      Study.Scenario scenario, Ensemble base, Ensemble changed) {
    JointFigure before = JointFigure.of(base.figures().counted(), Impact.CARBON_KG);
    JointFigure after = JointFigure.of(changed.figures().counted(), Impact.CARBON_KG);
    JointFigure asManyAfter =
        after.times(base.countedOutputsByDraw().over(changed.countedOutputsByDraw()));
    return new ScenarioOutcome(
        scenario.id(),
        scenario.title(),
        scenario.moves(),
        changed.figures(),
        changed.localShare(),
        avoided(base, changed, Impact.ENERGY_KWH),
        before.minus(after).quantity(),
        before.minus(asManyAfter).quantity(),
        asManyAfter.minus(after).quantity(),
        asManyAfter.quantity(),
        avoided(base, changed, Impact.WATER_L));
  }

  private static Quantity avoided(Ensemble base, Ensemble changed, Impact impact) {
    return JointFigure.of(base.figures().counted(), impact)
        .minus(JointFigure.of(changed.figures().counted(), impact))
        .quantity();
  }
}
