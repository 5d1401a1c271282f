package io.gtrace.meter;

import io.gtrace.meter.counter.Basis;
import io.gtrace.meter.counter.Component;
import io.gtrace.meter.counter.Energy;
import io.gtrace.meter.counter.Tally;
import io.gtrace.meter.load.LoadTotals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What was measured of a command.
 *
 * @param from when it started
 * @param length how long it took
 * @param parts of the machine, each once
 * @param load how busy the machine was
 * @param cost what the meter took itself meanwhile
 * @param notes what whoever reads the figures must know
 */
public record Metering(
    Instant from,
    Duration length,
    List<Part> parts,
    LoadTotals load,
    Cost cost,
    List<String> notes) {
  /** From this share of measured energy on the whole counts as measured. */
  private static final double MEASURED_SHARE = 0.7;

  public Metering {
    parts = List.copyOf(parts);
    notes = List.copyOf(notes);
  }

  /**
   * A part of the machine and what it took.
   *
   * @param name unique on the machine
   */
  public record Part(Component component, String name, Basis basis, Tally tally) {}

  /**
   * Processor time of the meter itself, from the first reading on.
   *
   * @param readings after the first
   * @param ofReadings that they took
   * @param all of it: readings, the start of the command, and what Java does once as it warms up
   */
  public record Cost(int readings, Duration ofReadings, Duration all) {}

  /** The command's own energy, of all parts. */
  public Energy own() {
    return measured().plus(modelled());
  }

  /** That of parts which hardware told of. */
  public Energy measured() {
    return sum(true);
  }

  /** That of parts which were modelled. */
  public Energy modelled() {
    return sum(false);
  }

  private Energy sum(boolean measured) {
    return parts.stream()
        .filter(part -> part.basis().isMeasured() == measured)
        .map(part -> part.tally().own())
        .reduce(Energy.NONE, Energy::plus);
  }

  /** What of it the machine would have taken without any work, as far as that is known. */
  public Energy ownIdle() {
    return parts.stream().map(part -> part.tally().ownIdle()).reduce(Energy.NONE, Energy::plus);
  }

  /** Whether hardware told at least seven tenths of it. */
  public boolean isMeasured() {
    double all = own().joules();
    return all > 0 && measured().joules() >= MEASURED_SHARE * all;
  }

  /** Share of one processor that readings took. */
  public double overhead() {
    return length.isZero() ? 0 : (double) cost.ofReadings().toNanos() / length.toNanos();
  }
}
