package io.gtrace.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Waves at full size, ensembles and epidemics, beside the bare drawing and booking of outputs. */
final class WaveBenchmark implements Benchmark {
  private static final double KERNEL_OUTPUTS = 200e6;
  private static final double MOST_S = 20;
  private static final double TIMES_KERNEL = 3;

  private final Path folder;

  /**
   * @param folder where study files are put
   */
  WaveBenchmark(Path folder) {
    this.folder = folder;
  }

  @Override
  public String name() {
    return "wave";
  }

  @Override
  public List<Timing> run() throws IOException, InterruptedException {
    Probe probe = Probe.of(WaveProbe.class, "-Xmx4g", folder);
    double outputs = probe.samples(WaveProbe.OUTPUTS).get(0);
    Timing kernel =
        probe.timing(
            "kernel: 200 million outputs drawn by ziggurat and booked", "s", WaveProbe.KERNEL_S);
    Timing levels = probe.timing("the same drawn from levels", "s", WaveProbe.LEVELS_KERNEL_S);
    Timing wave =
        probe.timing(
            "ghibli-2025, 7 days at 1:1: %,.0f million people, %,.0f million outputs"
                .formatted(probe.samples(WaveProbe.ADOPTERS).get(0) / 1e6, outputs / 1e6),
            "s",
            WaveProbe.WAVE_S);
    double perKernelOutput = outputs / KERNEL_OUTPUTS;
    List<Timing> timings = new ArrayList<>();
    timings.add(kernel);
    timings.add(levels);
    timings.add(wave.atMost(MOST_S));
    timings.add(
        Timing.of(
                "the same over the kernel for as many outputs",
                "×",
                wave.min() / (kernel.min() * perKernelOutput))
            .atMost(TIMES_KERNEL));
    timings.add(
        Timing.of(
            "and over that which draws from levels, as the wave does",
            "×",
            wave.min() / (levels.min() * perKernelOutput)));
    double oneThreadS = probe.samples(WaveProbe.WAVE_ONE_THREAD_S).get(0);
    timings.add(Timing.of("speed-up from one thread to all", "×", oneThreadS / wave.min()));
    timings.add(probe.timing("100 runs at 1:100", "s", WaveProbe.ENSEMBLE_S).atMost(MOST_S));
    for (long people = 100_000; people <= 100_000_000; people *= 10) {
      double updates = probe.samples(WaveProbe.SIR_UPDATES + people).get(0);
      double seconds = probe.samples(WaveProbe.SIR_S + people).get(0);
      timings.add(
          Timing.of(
              "SIR with %,d people: updates a second".formatted(people),
              "M",
              updates / seconds / 1e6));
      timings.add(
          Timing.of(
              "SIR with %,d people: speed-up".formatted(people),
              "×",
              probe.samples(WaveProbe.SIR_ONE_THREAD_S + people).get(0) / seconds));
    }
    timings.add(
        probe.megabytes("peak heap, garbage included", Probe.PEAK_HEAP_BYTES).atMost(4_000));
    timings.add(probe.megabytes("peak resident memory", Probe.PEAK_RESIDENT_BYTES));
    return timings;
  }
}
