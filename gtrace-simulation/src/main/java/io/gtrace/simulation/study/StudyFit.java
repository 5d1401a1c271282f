package io.gtrace.simulation.study;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.footprint.Quantity;
import io.gtrace.simulation.Within;
import io.gtrace.simulation.people.World;
import io.gtrace.simulation.study.FitOutcome.FittedInput;
import io.gtrace.simulation.study.FitOutcome.Prediction;
import io.gtrace.simulation.study.StudyNumbers.Uncertain;
import io.gtrace.simulation.wave.Count;
import io.gtrace.simulation.wave.Wave;
import io.gtrace.simulation.wave.WaveResult;
import io.gtrace.simulation.wave.WaveSimulation;
import io.gtrace.simulation.wave.Workers;
import io.gtrace.uncertainty.Scatter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
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
 * own a lucky run would never be left again.
 */
public final class StudyFit {
  private static final String COUNTED_SHARE = "/use/counted-share";
  private static final List<String> FITTED =
      List.of("/people/", "/adoption/", "/media/", "/use/", "/services/");
  private static final double LEAST_EFFECTIVE = 0.5;
  private static final double OPTIMAL_STEP = 2.38;
  private static final int LAST_MOVES = 2;
  private static final int BISECTIONS = 40;
  private static final long SEED = 0x666974L;

  private final FactorCatalogue catalogue;
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
  }

  /**
   * One run: the inputs as scores of their priors, and what it says of each observation.
   *
   * @param scores standard deviations off the median, by input
   * @param logFigures logarithm of each observed figure
   */
  private record Particle(List<Double> scores, List<Double> logFigures) {}

  public StudyFit(
      FactorCatalogue catalogue, World world, Settings settings, StudyRun.Progress progress) {
    this.catalogue = catalogue;
    this.world = world;
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * @param observations at least one that is not held out
   * @throws StudyException if the study cannot be run
   */
  public FitOutcome fit(Study study, List<Observation> observations) {
    if (observations.stream().allMatch(Observation::heldOut)) {
      throw new StudyException("a fit needs observations that are not held out");
    }
    List<Uncertain> inputs =
        new StudyNumbers(study.tree(), StudyNumbers.State.MEDIANS)
            .uncertain().stream().filter(StudyFit::isFitted).toList();
    if (inputs.isEmpty()) {
      throw new StudyException(
          study.id() + ": has no uncertain inputs; write some as {low, median, high}");
    }
    Search search =
        new Search(study, inputs, observations, new XoRoShiRo128PlusPlus(settings.seed(), SEED));
    search.begin();
    int generations = 1;
    while (search.exponent < 1) {
      search.sharpen(generations == settings.generations() - 1);
      search.move();
      generations++;
    }
    for (int i = 1; i < LAST_MOVES; i++) {
      search.move();
    }
    return outcome(study, inputs, observations, search.particles, generations);
  }

  private static boolean isFitted(Uncertain input) {
    return FITTED.stream().anyMatch(input.pointer()::startsWith)
        && !input.pointer().equals(COUNTED_SHARE);
  }

  /** The runs of a fit as they close in on the observations. */
  private final class Search {
    private final Study study;
    private final List<Uncertain> inputs;
    private final List<Observation> observations;
    private final UniformRandomProvider random;
    private final ZigguratSampler.NormalizedGaussian normal;
    private List<Particle> particles = List.of();
    private double exponent;
    private int simulated;

    Search(
        Study study,
        List<Uncertain> inputs,
        List<Observation> observations,
        UniformRandomProvider random) {
      this.study = study;
      this.inputs = inputs;
      this.observations = observations;
      this.random = random;
      normal = ZigguratSampler.NormalizedGaussian.of(random);
    }

    /** Draws inputs from the prior. */
    void begin() {
      List<List<Double>> scores = new ArrayList<>();
      for (int i = 0; i < settings.runs(); i++) {
        List<Double> ofRun = new ArrayList<>();
        for (int d = 0; d < inputs.size(); d++) {
          ofRun.add(normal.sample());
        }
        scores.add(ofRun);
      }
      particles = simulate(scores);
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
      List<Particle> candidates = simulate(proposed);
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
      double sum = 0;
      for (int o = 0; o < observations.size(); o++) {
        Observation observation = observations.get(o);
        if (!observation.heldOut()) {
          double error =
              (Math.log(observation.value()) - particle.logFigures().get(o)) / observation.logSd();
          sum -= error * error / 2;
        }
      }
      return sum;
    }

    private List<Particle> simulate(List<List<Double>> scores) {
      Particle[] run = new Particle[scores.size()];
      int before = simulated;
      AtomicInteger done = new AtomicInteger();
      double expected = (double) (settings.generations() + LAST_MOVES) * run.length;
      try (Workers workers = new Workers(settings.threads())) {
        workers.each(
            run.length,
            i -> {
              run[i] =
                  new Particle(
                      scores.get(i), logFigures(study, inputs, scores.get(i), observations));
              progress.at(Math.min(1, (before + done.incrementAndGet()) / expected));
            });
      }
      simulated += run.length;
      return List.of(run);
    }
  }

  private List<Double> logFigures(
      Study study, List<Uncertain> inputs, List<Double> scores, List<Observation> observations) {
    Map<String, Double> values = new HashMap<>();
    for (int d = 0; d < inputs.size(); d++) {
      values.put(inputs.get(d).pointer(), inputs.get(d).scatter().at(scores.get(d)));
    }
    StudyNumbers numbers =
        new StudyNumbers(
            study.tree(), (pointer, scatter) -> values.getOrDefault(pointer, scatter.median()));
    Wave wave = new StudyCompiler(study, numbers, world, catalogue, settings.scale()).wave();
    WaveResult result =
        new WaveSimulation(
                wave,
                (venue, kind) -> 1,
                new FleetCompiler(study, numbers, catalogue, settings.scale()).fleets())
            .run(settings.seed(), 1, WaveSimulation.Progress.SILENT);
    return observations.stream()
        .map(of -> Math.log(Math.max(0.5, figure(result, study.start(), of)) / settings.scale()))
        .toList();
  }

  /** What a run says of an observation, in simulated people and outputs. */
  private static double figure(WaveResult result, Instant start, Observation observation) {
    int from = hour(start, observation.from());
    int until = Math.min(result.hours(), hour(start, observation.until()));
    double sum = 0;
    double most = 0;
    for (int hour = Math.max(0, from); hour < until; hour++) {
      double now =
          switch (observation.quantity()) {
            case ADOPTERS -> result.count(hour, Count.ADOPTED);
            case NEW_USERS, NEW_USERS_IN_AN_HOUR -> result.count(hour, Count.NEW_USERS);
            case OUTPUTS -> result.outputsOf(hour);
          };
      sum += now;
      most = Math.max(most, now);
    }
    return observation.quantity() == Observation.Quantity.NEW_USERS_IN_AN_HOUR ? most : sum;
  }

  private static int hour(Instant start, Instant moment) {
    return (int) ChronoUnit.HOURS.between(start, moment);
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
      Study study,
      List<Uncertain> inputs,
      List<Observation> observations,
      List<Particle> particles,
      int generations) {
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
    List<Prediction> predictions = new ArrayList<>();
    for (int o = 0; o < observations.size(); o++) {
      int which = o;
      double[] logFigures =
          particles.stream().mapToDouble(of -> of.logFigures().get(which)).toArray();
      predictions.add(prediction(observations.get(o), Quantities.of(logFigures)));
    }
    return new FitOutcome(
        study,
        fitted,
        predictions,
        (int) particles.stream().map(Particle::scores).distinct().count(),
        particles.size(),
        generations);
  }

  /** Figures of the runs, and with them what a count with its errors would have been. */
  private static Prediction prediction(Observation observation, Quantity log) {
    double error = Scatter.Z95 * observation.logSd();
    return new Prediction(
        observation,
        new Quantity(Math.exp(log.median()), Math.exp(log.low()), Math.exp(log.high())),
        new Quantity(
            Math.exp(log.median()),
            Math.exp(log.median() - Math.hypot(log.median() - log.low(), error)),
            Math.exp(log.median() + Math.hypot(log.high() - log.median(), error))));
  }
}
