package io.gtrace.simulation.study;

import io.gtrace.footprint.Quantity;
import io.gtrace.ratecard.RateCard;
import io.gtrace.simulation.Within;
import io.gtrace.simulation.people.Clocks;
import io.gtrace.simulation.people.World;
import io.gtrace.simulation.study.FitOutcome.FittedInput;
import io.gtrace.simulation.study.FitOutcome.Prediction;
import io.gtrace.simulation.study.StudyNumbers.Uncertain;
import io.gtrace.simulation.wave.Wave;
import io.gtrace.simulation.wave.WaveResult;
import io.gtrace.simulation.wave.WaveSimulation;
import io.gtrace.simulation.wave.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.core.source64.XoRoShiRo128PlusPlus;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * Fits the uncertain inputs of a study to what was counted, by approximate Bayesian computation:
 * the intervals of the study are the prior, and a run counts by how likely its figures make the
 * published ones, given the errors of counting. With that kernel the result is exact for a model
 * with such errors (Wilkinson 2013, Statistical Applications in Genetics and Molecular Biology
 * 12:129). Runs come in generations (sequential Monte Carlo, Del Moral, Doucet and Jasra 2006,
 * Journal of the Royal Statistical Society B 68:411): each takes the observations more seriously
 * than the one before, as far as half of its runs still count, until they count in full; the runs
 * that count are kept, and each is moved by a Metropolis step (Roberts, Gelman and Gilks 1997). All
 * runs have the same seed, so that what a run says follows from its inputs alone: with luck of its
 * own a lucky run would never be left again. What that seed adds, and how far luck goes, is told by
 * a few runs with other seeds in each generation: {@link Luck}.
 */
public final class StudyFit {
  private static final String COUNTED_SHARE = "/use/counted-share";
  private static final List<String> FITTED =
      List.of("/people/", "/adoption/", "/media/", "/use/", "/services/");
  private static final double LEAST_EFFECTIVE = 0.5;
  private static final double OPTIMAL_STEP = 2.38;
  private static final int LAST_MOVES = 3;
  private static final int LUCKY_RUNS = 16;
  private static final int BISECTIONS = 40;
  private static final long SEED = 0x666974L;
  private static final long COVERAGE_SEED = 0x74727574L;

  private final RateCard card;
  private final World world;
  private final Settings settings;
  private final StudyRun.Progress progress;

  /**
   * How to fit.
   *
   * @param scale people simulated for one person of the study
   * @param seed another seed gives other runs
   * @param threads 1 to 1,024
   * @param runs of a generation, 20 to 100,000
   * @param generations at most, 2 to 50; observations that do not count in full by then do in the
   *     last
   */
  public record Settings(double scale, long seed, int threads, int runs, int generations) {
    public Settings {
      Within.require("runs of a generation", runs, 20, 100_000);
      Within.require("generations", generations, 2, 50);
      new StudyRun.Settings(scale, seed, threads, 1);
    }

    /** As many runs at once as there are threads. */
    private StudyRun.Settings ofRuns() {
      return new StudyRun.Settings(scale, seed, threads, threads);
    }
  }

  /**
   * One run: the inputs as scores of their priors, and what it says of each observation.
   *
   * @param scores standard deviations off the median, by input
   * @param logFigures logarithm of each observed figure
   */
  private record Particle(List<Double> scores, List<Double> logFigures) {}

  public StudyFit(RateCard card, World world, Settings settings, StudyRun.Progress progress) {
    this.card = card;
    this.world = world;
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * @param counts published counts
   * @param series shapes of interest; of both at least something that is not held out
   * @throws StudyException if the study cannot be run
   */
  public FitOutcome fit(Study study, List<Observation> counts, List<InterestSeries> series) {
    Evidence evidence = new Evidence(counts, series);
    return fit(study, fittedInputs(study, evidence), evidence, settings.seed(), settings.scale());
  }

  private static List<Uncertain> fittedInputs(Study study, Evidence evidence) {
    if (evidence.isAllHeldOut()) {
      throw new StudyException("a fit needs observations that are not held out");
    }
    List<Uncertain> inputs =
        new StudyNumbers(study.tree(), StudyNumbers.State.MEDIANS)
            .uncertain().stream().filter(StudyFit::isFitted).toList();
    if (inputs.isEmpty()) {
      throw new StudyException(
          study.id() + ": has no uncertain inputs; write some as {low, median, high}");
    }
    return inputs;
  }

  /**
   * Checks the fit on truths that are known: each is drawn from the prior, run with a seed of its
   * own, counted at the same times with the same errors as what is given here, and fitted (Cook,
   * Gelman and Rubin 2006, Journal of Computational and Graphical Statistics 15:675). The values
   * that are given do not matter.
   *
   * @param fits how many truths, at least 1
   */
  public FitCoverage coverage(
      Study study, List<Observation> counts, List<InterestSeries> series, int fits) {
    Evidence design = new Evidence(counts, series);
    List<Uncertain> inputs = fittedInputs(study, design);
    UniformRandomProvider random = new XoRoShiRo128PlusPlus(settings.seed(), COVERAGE_SEED);
    ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
    Clocks clocks = new Clocks(world, study.start(), study.hours());
    int[] covered = new int[inputs.size()];
    double[] widths = new double[inputs.size()];
    int heldOut = 0;
    int heldOutCovered = 0;
    for (int fit = 0; fit < fits; fit++) {
      List<Double> truth = drawn(inputs.size(), normal);
      long seed = settings.seed() + 1 + fit;
      List<Double> figures = logFigures(study, clocks, inputs, truth, design, -seed);
      Evidence evidence = design.madeUp(figures, normal::sample);
      FitOutcome outcome =
          new StudyFit(card, world, settings, part(fit, fits))
              .fit(study, inputs, evidence, seed, 1);
      for (int d = 0; d < covered.length; d++) {
        Quantity posterior = outcome.inputs().get(d).posterior();
        double value = inputs.get(d).scatter().at(truth.get(d));
        covered[d] += posterior.low() <= value && value <= posterior.high() ? 1 : 0;
        widths[d] += width(posterior, outcome.inputs().get(d).prior()) / fits;
      }
      for (Prediction prediction : outcome.predictions()) {
        heldOut += prediction.observation().heldOut() ? 1 : 0;
        heldOutCovered += prediction.observation().heldOut() && prediction.covered() ? 1 : 0;
      }
      for (FitOutcome.SeriesPrediction each : outcome.series()) {
        heldOut += (int) each.periods(true);
        heldOutCovered += (int) each.covered(true);
      }
    }
    List<FitCoverage.OfInput> ofInputs = new ArrayList<>();
    for (int d = 0; d < covered.length; d++) {
      ofInputs.add(new FitCoverage.OfInput(inputs.get(d).pointer(), covered[d], widths[d]));
    }
    return new FitCoverage(fits, ofInputs, heldOut, heldOutCovered);
  }

  private StudyRun.Progress part(int done, int parts) {
    return share -> progress.at((done + share) / parts);
  }

  private static double width(Quantity posterior, Quantity prior) {
    return (posterior.high() - posterior.low()) / (prior.high() - prior.low());
  }

  private static List<Double> drawn(int count, ZigguratSampler.NormalizedGaussian normal) {
    List<Double> scores = new ArrayList<>();
    for (int d = 0; d < count; d++) {
      scores.add(normal.sample());
    }
    return scores;
  }

  /**
   * @param luckShare variance by luck of what was counted over that of a run
   */
  private FitOutcome fit(
      Study study, List<Uncertain> inputs, Evidence evidence, long seed, double luckShare) {
    Search search = new Search(study, inputs, evidence, seed, luckShare);
    search.begin();
    int generations = 1;
    while (search.exponent < 1) {
      search.sharpen(generations == settings.generations() - 1);
      search.meetLuck();
      search.move();
      generations++;
    }
    for (int i = 1; i < LAST_MOVES; i++) {
      search.move();
    }
    return outcome(study, inputs, evidence, search, generations);
  }

  private static boolean isFitted(Uncertain input) {
    return FITTED.stream().anyMatch(input.pointer()::startsWith)
        && !input.pointer().equals(COUNTED_SHARE);
  }

  /** The runs of a fit as they close in on the observations. */
  private final class Search {
    private final Study study;
    private final Clocks clocks;
    private final List<Uncertain> inputs;
    private final Evidence evidence;
    private final long seed;
    private final double luckShare;
    private final UniformRandomProvider random;
    private final ZigguratSampler.NormalizedGaussian normal;
    private List<Particle> particles = List.of();
    private Luck luck;
    private Evidence.Likelihood likelihood;
    private double exponent;
    private int simulated;

    Search(Study study, List<Uncertain> inputs, Evidence evidence, long seed, double luckShare) {
      this.study = study;
      clocks = new Clocks(world, study.start(), study.hours());
      this.inputs = inputs;
      this.evidence = evidence;
      this.seed = seed;
      this.luckShare = luckShare;
      random = new XoRoShiRo128PlusPlus(seed, SEED);
      normal = ZigguratSampler.NormalizedGaussian.of(random);
      luck = luckAt(Collections.nCopies(inputs.size(), 0.0));
      likelihood = evidence.new Likelihood(luck);
    }

    /** Learns what luck does amid of the runs as they are now. */
    void meetLuck() {
      List<Double> middle = new ArrayList<>();
      for (int d = 0; d < inputs.size(); d++) {
        int input = d;
        middle.add(
            particles.stream().mapToDouble(of -> of.scores().get(input)).average().orElse(0));
      }
      luck = luckAt(middle);
      likelihood = evidence.new Likelihood(luck);
    }

    private Luck luckAt(List<Double> scores) {
      List<Particle> runs =
          simulate(
              Collections.nCopies(1 + LUCKY_RUNS, scores),
              run -> run == 0 ? seed : random.nextLong());
      List<List<Double>> figures = runs.stream().map(Particle::logFigures).toList();
      return Luck.of(figures.get(0), figures.subList(1, figures.size()), luckShare);
    }

    /** Draws inputs from the prior. */
    void begin() {
      List<List<Double>> scores = new ArrayList<>();
      for (int i = 0; i < settings.runs(); i++) {
        scores.add(drawn(inputs.size(), normal));
      }
      particles = simulate(scores, run -> seed);
    }

    /** Takes the observations more seriously and keeps the runs that then count. */
    void sharpen(boolean last) {
      double[] logLikelihoods = particles.stream().mapToDouble(this::logLikelihood).toArray();
      double next = last ? 1 : furthest(logLikelihoods, exponent);
      double[] weights = weights(logLikelihoods, next - exponent);
      exponent = next;
      List<Particle> kept = new ArrayList<>();
      double start = random.nextDouble();
      double sum = 0;
      for (int i = 0; i < weights.length; i++) {
        sum += weights[i] * weights.length;
        while (kept.size() < weights.length && kept.size() + start < sum) {
          kept.add(particles.get(i));
        }
      }
      while (kept.size() < weights.length) {
        kept.add(particles.get(weights.length - 1));
      }
      particles = kept;
    }

    /** Moves each run by a Metropolis step. */
    void move() {
      double[] sd = spread();
      List<List<Double>> proposed = new ArrayList<>();
      for (Particle particle : particles) {
        List<Double> scores = new ArrayList<>();
        for (int d = 0; d < sd.length; d++) {
          scores.add(
              particle.scores().get(d)
                  + OPTIMAL_STEP / Math.sqrt(sd.length) * sd[d] * normal.sample());
        }
        proposed.add(scores);
      }
      List<Particle> candidates = simulate(proposed, run -> seed);
      List<Particle> moved = new ArrayList<>();
      for (int i = 0; i < candidates.size(); i++) {
        Particle from = particles.get(i);
        Particle to = candidates.get(i);
        double logRatio =
            logPrior(to.scores())
                - logPrior(from.scores())
                + exponent * (logLikelihood(to) - logLikelihood(from));
        moved.add(Math.log(random.nextDouble()) < logRatio ? to : from);
      }
      particles = moved;
    }

    private double[] spread() {
      double[] sd = new double[inputs.size()];
      Arrays.setAll(
          sd,
          d -> {
            double[] scores = particles.stream().mapToDouble(of -> of.scores().get(d)).toArray();
            double mean = Arrays.stream(scores).average().orElse(0);
            double variance =
                Arrays.stream(scores)
                    .map(score -> (score - mean) * (score - mean))
                    .average()
                    .orElse(1);
            return Math.sqrt(Math.max(1e-6, variance));
          });
      return sd;
    }

    private double logLikelihood(Particle particle) {
      return likelihood.log(particle.logFigures());
    }

    private List<Particle> simulate(List<List<Double>> scores, IntToLongFunction seeds) {
      long[] seedOf = IntStream.range(0, scores.size()).mapToLong(seeds).toArray();
      Particle[] run = new Particle[scores.size()];
      int before = simulated;
      AtomicInteger done = new AtomicInteger();
      double expected =
          (double) (settings.generations() + LAST_MOVES) * (settings.runs() + 1 + LUCKY_RUNS);
      try (Workers workers = new Workers(settings.threads())) {
        workers.each(
            run.length,
            i -> {
              run[i] =
                  new Particle(
                      scores.get(i),
                      logFigures(study, clocks, inputs, scores.get(i), evidence, seedOf[i]));
              if (!progress.at(Math.min(1, (before + done.incrementAndGet()) / expected))) {
                throw new StudyException("stopped before the fit had come to an end");
              }
            });
      }
      simulated += run.length;
      return List.of(run);
    }
  }

  private List<Double> logFigures(
      Study study,
      Clocks clocks,
      List<Uncertain> inputs,
      List<Double> scores,
      Evidence evidence,
      long seed) {
    Map<String, Double> values = new HashMap<>();
    for (int d = 0; d < inputs.size(); d++) {
      values.put(inputs.get(d).pointer(), inputs.get(d).scatter().at(scores.get(d)));
    }
    StudyNumbers numbers =
        new StudyNumbers(
            study.tree(), (pointer, scatter) -> values.getOrDefault(pointer, scatter.median()));
    Wave wave = new StudyCompiler(study, numbers, clocks, card, settings.scale()).wave();
    MemoryNeed.of(wave, settings.ofRuns()).require(study.tree());
    WaveResult result =
        new WaveSimulation(
                wave,
                (venue, kind) -> 1,
                new FleetCompiler(study, numbers, card.catalogue(), settings.scale()).fleets())
            .run(seed, 1, WaveSimulation.Observer.SILENT);
    return evidence.logFigures(result, study.start(), settings.scale());
  }

  private static double logPrior(List<Double> scores) {
    return scores.stream().mapToDouble(score -> -score * score / 2).sum();
  }

  /** How seriously the observations can be taken so that half of the runs still count. */
  private static double furthest(double[] logLikelihoods, double before) {
    double least = LEAST_EFFECTIVE * logLikelihoods.length;
    if (effective(weights(logLikelihoods, 1 - before)) >= least) {
      return 1;
    }
    double low = before;
    double high = 1;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + high) / 2;
      if (effective(weights(logLikelihoods, middle - before)) >= least) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static double[] weights(double[] logLikelihoods, double exponent) {
    double most = Arrays.stream(logLikelihoods).max().orElse(0);
    double[] weights =
        Arrays.stream(logLikelihoods).map(log -> Math.exp(exponent * (log - most))).toArray();
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(weight -> weight / sum).toArray();
  }

  /** As how many equally weighted runs they tell. */
  private static double effective(double[] weights) {
    return 1 / Arrays.stream(weights).map(weight -> weight * weight).sum();
  }

  private FitOutcome outcome(
      Study study, List<Uncertain> inputs, Evidence evidence, Search search, int generations) {
    List<Particle> particles = search.particles;
    List<FittedInput> fitted = new ArrayList<>();
    for (int d = 0; d < inputs.size(); d++) {
      int input = d;
      double[] values =
          particles.stream()
              .mapToDouble(of -> inputs.get(input).scatter().at(of.scores().get(input)))
              .toArray();
      Uncertain uncertain = inputs.get(d);
      fitted.add(
          new FittedInput(
              uncertain.pointer(),
              new Quantity(
                  uncertain.scatter().median(),
                  uncertain.scatter().low(),
                  uncertain.scatter().high()),
              Quantities.of(values)));
    }
    List<List<Double>> logFigures = particles.stream().map(Particle::logFigures).toList();
    return new FitOutcome(
        study,
        fitted,
        evidence.predictions(logFigures, search.luck),
        evidence.seriesPredictions(logFigures, search.luck),
        (int) particles.stream().map(Particle::scores).distinct().count(),
        particles.size(),
        generations);
  }
}
