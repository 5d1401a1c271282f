package io.gtrace.meter.counter;

import java.util.List;

/** The processors of a machine without counters, by how busy they are. */
final class ModelledProcessor implements EnergyMeter {
  private final ProcessorPower power;
  private Tally tally = Tally.NONE;
  private boolean begun;
  private long lastNanos;

  ModelledProcessor(ProcessorPower power) {
    this.power = power;
  }

  @Override
  public Component component() {
    return Component.PROCESSOR;
  }

  @Override
  public String name() {
    return "processor";
  }

  @Override
  public Basis basis() {
    return Basis.MODEL;
  }

  @Override
  public void read(long nanos, MachineUse use) {
    double seconds = begun ? (nanos - lastNanos) / 1e9 : 0;
    Energy step = power.at(use.busyShare()).during(seconds);
    tally = tally.plus(step, power.idle().during(seconds), use.whole() ? 1 : use.ownOfBusy());
    begun = true;
    lastNanos = nanos;
  }

  @Override
  public Tally tally() {
    return tally;
  }

  @Override
  public List<String> notes() {
    return List.of("processor: modelled from " + power.basis());
  }
}
