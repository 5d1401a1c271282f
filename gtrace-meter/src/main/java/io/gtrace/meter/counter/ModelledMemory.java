package io.gtrace.meter.counter;

import java.util.List;

/** The memory that the command itself holds, where no counter tells; never that of others. */
final class ModelledMemory implements EnergyMeter {
  private final double wattsPerByte = ProcessorPower.memoryWattsPerGigabyte() / 1e9;
  private final Elapsed elapsed = new Elapsed();
  private Tally tally = Tally.NONE;

  @Override
  public Component component() {
    return Component.MEMORY;
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public Basis basis() {
    return Basis.MODEL;
  }

  @Override
  public void read(long nanos, MachineUse use) {
    double seconds = elapsed.secondsTo(nanos);
    Power power = new Power(use.ownMemoryBytes() * wattsPerByte);
    tally = tally.plus(power.during(seconds), Energy.NONE, 1);
  }

  @Override
  public Tally tally() {
    return tally;
  }

  @Override
  public List<String> notes() {
    return List.of();
  }
}
