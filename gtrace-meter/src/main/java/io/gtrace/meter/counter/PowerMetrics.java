package io.gtrace.meter.counter;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Processor and GPU of an Apple computer, as {@code powermetrics} of macOS tells them: it prints
 * the mean power of each part since its last print, so that power times that time is the energy. It
 * must run as root. Written after the manual page powermetrics(1), and not tried on such a machine.
 */
public final class PowerMetrics implements AutoCloseable {
  /** Where macOS has it. */
  public static final String PROGRAM = "/usr/bin/powermetrics";

  private static final Pattern SAMPLE =
      Pattern.compile("^\\*+ Sampled system activity .*\\((\\d+(?:\\.\\d+)?)ms elapsed\\)");
  private static final Pattern POWER = Pattern.compile("^(CPU|GPU|ANE) Power: (\\d+) mW");

  private final Process process;
  private final Lines lines = new Lines();

  private PowerMetrics(Process process) {
    this.process = process;
    Thread.ofPlatform().daemon().name("powermetrics").start(this::follow);
  }

  /**
   * Starts it.
   *
   * @param program as {@link #PROGRAM}
   * @param millis between two prints
   * @throws IOException if it cannot be started
   */
  public static PowerMetrics start(String program, long millis) throws IOException {
    return new PowerMetrics(
        new ProcessBuilder(
                program, "--samplers", "cpu_power,gpu_power", "-i", Long.toString(millis))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  private void follow() {
    try (BufferedReader printed =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = printed.readLine(); line != null; line = printed.readLine()) {
        lines.add(line);
      }
    } catch (IOException ended) {
      // Then there is no more to read.
    }
  }

  /** Meters of the processor, the neural engine with it, and of the GPU. */
  public List<EnergyMeter> meters() {
    return List.of(
        new Part(Component.PROCESSOR, "processor", lines), new Part(Component.GPU, "GPU", lines));
  }

  @Override
  public void close() {
    process.destroy();
  }

  /** What it has printed. */
  static final class Lines {
    private double elapsedSeconds;
    private Energy processor = Energy.NONE;
    private Energy gpu = Energy.NONE;
    private int samples;
    // GPU power stands under two headings in some versions.
    private final Set<String> toldInSample = new HashSet<>();

    synchronized void add(String line) {
      Matcher sample = SAMPLE.matcher(line);
      if (sample.find()) {
        elapsedSeconds = Double.parseDouble(sample.group(1)) / 1e3;
        samples++;
        toldInSample.clear();
        return;
      }
      Matcher power = POWER.matcher(line);
      if (power.find() && toldInSample.add(power.group(1))) {
        Energy energy = new Power(Double.parseDouble(power.group(2)) / 1e3).during(elapsedSeconds);
        if (power.group(1).equals("GPU")) {
          gpu = gpu.plus(energy);
        } else {
          processor = processor.plus(energy);
        }
      }
    }

    synchronized Energy of(Component component) {
      return component == Component.GPU ? gpu : processor;
    }

    synchronized int samples() {
      return samples;
    }
  }

  /** A part that it tells of. */
  static final class Part implements EnergyMeter {
    private final Component component;
    private final String name;
    private final Lines lines;
    private Tally tally = Tally.NONE;
    private Energy last;
    private boolean begun;

    Part(Component component, String name, Lines lines) {
      this.component = component;
      this.name = name;
      this.lines = lines;
      last = lines.of(component);
    }

    @Override
    public Component component() {
      return component;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Basis basis() {
      return Basis.INTEGRATED_POWER;
    }

    @Override
    public void read(long nanos, MachineUse use) {
      Energy now = lines.of(component);
      // Which processes use the GPU is not told: it goes as the processor does.
      double share = use.whole() ? 1 : use.ownOfBusy();
      if (begun) {
        tally = tally.plus(now.minus(last), Energy.NONE, share);
      }
      begun = true;
      last = now;
    }

    @Override
    public Tally tally() {
      return tally;
    }

    @Override
    public List<String> notes() {
      List<String> notes = new ArrayList<>();
      if (lines.samples() == 0) {
        notes.add(name + ": powermetrics told nothing; it must run as root");
      }
      return notes;
    }
  }
}
