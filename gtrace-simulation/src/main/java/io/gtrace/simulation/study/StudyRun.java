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
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

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
  public record Settings(double scale, long seed, int threads, int runs, double memoryShare)
      implements Serializable {
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

  /** Makes the runs of ensembles. */
  @FunctionalInterface
  public interface Members {
    /**
     * All runs of a study, in their order.
     *
     * @param position 0 for the study itself, or the number of its scenario, from 1
     */
    List<StudyMember> of(Study study, int position);
  }

  public StudyRun(RateCard card, World world, Settings settings, Progress progress) {
    this.card = card;
    this.world = world;
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * @throws StudyException if the study cannot be run; the message says why, where, and what to do
   * @throws io.gtrace.factor.UnknownNameException if it names a model or place that is not known
   */
  public StudyOutcome run(Study study) {
    AtomicInteger done = new AtomicInteger();
    int parts = (1 + study.scenarios().size()) * settings.runs();
    return run(study, (each, position) -> members(each, done, parts));
  }

  /**
   * Puts runs together that were made elsewhere: the same numbers as if they had been made here. A
   * study that is run once, with its inputs at their medians, is run here all the same.
   *
   * @param members gives the runs
   */
  public StudyOutcome run(Study study, Members members) {
    try {
      return compared(study, members);
    } catch (UnknownNameException unknown) {
      throw study.tree().placeOf(unknown.unknown()).map(unknown::at).orElse(unknown);
    }
  }

  /**
   * One run of an ensemble, here.
   *
   * @param run which, from 0
   * @throws StudyException if the study cannot be run
   */
  public StudyMember member(Study study, int run) {
    Draws inputs = inputs();
    StudyNumbers drawn = new StudyNumbers(study.tree(), State.drawn(inputs, run));
    Member member =
        Member.run(study, drawn, world, card, settings, settings.seed() + run, 1, share -> true);
    return new StudyMember(member.in(run));
  }

  private Draws inputs() {
    return new Draws(Math.max(2, settings.runs()), INPUT_SEED);
  }

  private StudyOutcome compared(Study study, Members members) {
    List<Study.Scenario> scenarios = study.scenarios();
    int parts = 1 + scenarios.size();
    Ensemble base = ensemble(study, members, 0, parts);
    List<ScenarioOutcome> compared = new ArrayList<>();
    for (Study.Scenario scenario : scenarios) {
      Ensemble changed = ensemble(scenario.study(), members, compared.size() + 1, parts);
      compared.add(compared(scenario, base, changed));
    }
    List<Group> countries = base.countries();
    return new StudyOutcome(
        study,
        settings,
        base.people(),
        base.hours(),
        card.catalogue().factorSet(),
        base.figures(),
        base.idle(),
        base.localShare(),
        countries,
        base.venues(),
        base.series(),
        base.spread(),
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

  private Ensemble ensemble(Study study, Members members, int position, int parts) {
    List<Member> runs =
        settings.runs() == 1
            ? List.of(only(study, position, parts))
            : members.of(study, position).stream().map(StudyMember::member).toList();
    return new Ensemble(study, settings.scale(), runs, inputs(), card.catalogue());
  }

  private Member only(Study study, int position, int parts) {
    return Member.run(
        study,
        new StudyNumbers(study.tree(), State.MEDIANS),
        world,
        card,
        settings,
        settings.seed(),
        settings.threads(),
        share -> progress.at((position + share) / parts));
  }

  private List<StudyMember> members(Study study, AtomicInteger done, int parts) {
    int runs = settings.runs();
    StudyMember[] members = new StudyMember[runs];
    try (Workers workers = new Workers(Math.min(runs, settings.threads()))) {
      workers.each(
          runs,
          run -> {
            members[run] = member(study, run);
            progress.at((double) done.incrementAndGet() / parts);
          });
    }
    return List.of(members);
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
