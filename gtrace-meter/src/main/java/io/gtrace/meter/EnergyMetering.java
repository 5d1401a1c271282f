package io.gtrace.meter;

import io.gtrace.meter.counter.EnergyMeter;
import io.gtrace.meter.counter.MachineUse;
import io.gtrace.meter.load.CpuClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Reads a machine again and again and adds up. Not for sharing between threads. */
final class EnergyMetering {
  private final Machine machine;
  private final LongSupplier nanoClock;
  private final Instant from;
  private final long firstNanos;
  private final CpuClock cpuClock = CpuClock.find();
  private final Duration cpuAtFirst;
  private Duration cpuOfReadings = Duration.ZERO;
  private int readings;
  private long lastNanos;

  /** Takes the first reading. */
  EnergyMetering(Machine machine, InstantSource clock, LongSupplier nanoClock) {
    this.machine = machine;
    this.nanoClock = nanoClock;
    from = clock.instant();
    firstNanos = nanoClock.getAsLong();
    lastNanos = firstNanos;
    read(firstNanos);
    cpuAtFirst = cpuClock.process();
  }

  /**
   * Takes another one.
   *
   * @return how long that took
   */
  Duration read() {
    long began = nanoClock.getAsLong();
    Duration cpuBefore = cpuClock.thread();
    read(began);
    cpuOfReadings = cpuOfReadings.plus(cpuClock.thread().minus(cpuBefore));
    readings++;
    return Duration.ofNanos(nanoClock.getAsLong() - began);
  }

  private void read(long nanos) {
    MachineUse use = machine.load().read(nanos);
    for (EnergyMeter meter : machine.meters()) {
      meter.read(nanos, use);
    }
    lastNanos = nanos;
  }

  /** What it has come to by the last reading. */
  Metering result() {
    List<Metering.Part> parts = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (EnergyMeter meter : machine.meters()) {
      parts.add(new Metering.Part(meter.component(), meter.name(), meter.basis(), meter.tally()));
      notes.addAll(meter.notes());
    }
    notes.addAll(machine.load().notes());
    return new Metering(
        from,
        Duration.ofNanos(lastNanos - firstNanos),
        parts,
        machine.load().totals(),
        new Metering.Cost(readings, cpuOfReadings, cpuClock.process().minus(cpuAtFirst)),
        notes);
  }
}
