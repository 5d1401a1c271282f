package io.gtrace.bench;

import io.gtrace.GTrace;
import io.gtrace.simulation.people.World;
import io.gtrace.simulation.random.Levels;
import io.gtrace.simulation.random.PersonDraws;
import io.gtrace.simulation.random.Purpose;
import io.gtrace.simulation.study.Study;
import io.gtrace.simulation.study.StudyOutcome;
import io.gtrace.simulation.study.StudyRun;
import io.gtrace.simulation.wave.Workers;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** A program of its own that runs waves of all sizes and the bare kernel of drawing and booking. */
final class WaveProbe {
  static final String KERNEL_S = "kernel_s";
  static final String LEVELS_KERNEL_S = "levels_kernel_s";
  static final String WAVE_S = "wave_s";
  static final String WAVE_ONE_THREAD_S = "wave_one_thread_s";
  static final String OUTPUTS = "outputs";
  static final String ADOPTERS = "adopters";
  static final String ENSEMBLE_S = "ensemble_s";
  static final String SIR_S = "sir_s_";
  static final String SIR_ONE_THREAD_S = "sir_one_thread_s_";
  static final String SIR_UPDATES = "sir_updates_";

  private static final long KERNEL_OUTPUTS = 200_000_000;
  private static final int CELLS = 168 * 200;
  private static final int TURNS = 3;
  private static final double LOG_SD = 0.1;
  private static final long SEED = 7;

  private final PrintStream out;
  private final int threads;

  private WaveProbe(PrintStream out, int threads) {
    this.out = out;
    this.threads = threads;
  }

  /**
   * @param args a folder for study files
   */
  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    WaveProbe probe = new WaveProbe(out, Runtime.getRuntime().availableProcessors());
    PeakHeap heap = PeakHeap.watched();
    for (int turn = 0; turn < TURNS; turn++) {
      probe.kernel(KERNEL_S, WaveProbe::drawByZiggurat);
      probe.kernel(LEVELS_KERNEL_S, WaveProbe::drawFromLevels);
    }
    Study wave = Study.read("ghibli-2025").forDays(7);
    probe.wave(wave, 0.01, 1, 1);
    probe.ensemble(wave);
    for (long people : new long[] {100_000, 1_000_000, 10_000_000, 100_000_000}) {
      probe.epidemic(Path.of(args[0]), people);
    }
    for (int turn = 0; turn < TURNS; turn++) {
      long began = System.nanoTime();
      StudyOutcome outcome = probe.wave(wave, 1, probe.threads, 1);
      out.println(WAVE_S + " " + Probe.secondsSince(began));
      out.println(OUTPUTS + " " + outcome.figures().outputs().median());
      out.println(ADOPTERS + " " + outcome.figures().adopters().median());
    }
    long began = System.nanoTime();
    probe.wave(wave, 1, 1, 1);
    out.println(WAVE_ONE_THREAD_S + " " + Probe.secondsSince(began));
    out.println(Probe.PEAK_HEAP_BYTES + " " + heap.bytes());
    out.println(Probe.PEAK_RESIDENT_BYTES + " " + Probe.peakResidentBytes());
  }

  /** Draws so many lognormal energies and adds each to a cell. */
  private interface Kernel {
    void run(PersonDraws draws, double[] sums, long outputs);
  }

  private static void drawByZiggurat(PersonDraws draws, double[] sums, long outputs) {
    ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(draws);
    for (long i = 0; i < outputs; i++) {
      sums[draws.below(CELLS)] += Math.exp(LOG_SD * normal.sample());
    }
  }

  private static void drawFromLevels(PersonDraws draws, double[] sums, long outputs) {
    Levels.Lognormal energies = new Levels.Lognormal(LOG_SD);
    for (long i = 0; i < outputs; i++) {
      long bits = draws.nextLong();
      sums[draws.below(CELLS)] += energies.at(Levels.of(bits), bits);
    }
  }

  /** On all threads. */
  private void kernel(String name, Kernel kernel) {
    double[][] sums = new double[threads][CELLS];
    long began = System.nanoTime();
    try (Workers workers = new Workers(threads)) {
      workers.each(
          threads,
          thread ->
              kernel.run(
                  new PersonDraws(SEED).restart(thread, Purpose.SESSION, 0),
                  sums[thread],
                  KERNEL_OUTPUTS / threads));
    }
    out.println(name + " " + Probe.secondsSince(began));
  }

  private StudyOutcome wave(Study study, double scale, int onThreads, int runs) {
    return new StudyRun(
            GTrace.standard().card(),
            World.shipped(),
            new StudyRun.Settings(scale, SEED, onThreads, runs),
            StudyRun.Progress.SILENT)
        .run(study);
  }

  private void ensemble(Study study) {
    long began = System.nanoTime();
    wave(study, 0.01, threads, 100);
    out.println(ENSEMBLE_S + " " + Probe.secondsSince(began));
  }

  /** A stochastic epidemic; what is counted are people who noticed, took part and stopped. */
  private void epidemic(Path folder, long people) throws IOException {
    Path file = folder.resolve("sir-" + people + ".yaml");
    Files.writeString(
        file,
        String.format(
            Locale.ROOT,
            "study: sir-%1$d%nextends: sir%ntitle: SIR%npeople: {reachable: %1$d}%n",
            people));
    Study study = Study.read(file.toString());
    for (int onThreads : new int[] {1, threads}) {
      long began = System.nanoTime();
      StudyOutcome outcome = wave(study, 1, onThreads, 1);
      String name = onThreads == 1 ? SIR_ONE_THREAD_S : SIR_S;
      out.println(name + people + " " + Probe.secondsSince(began));
      double updates =
          outcome.figures().noticed().median() + 2 * outcome.figures().adopters().median();
      out.println(SIR_UPDATES + people + " " + updates);
    }
  }
}
