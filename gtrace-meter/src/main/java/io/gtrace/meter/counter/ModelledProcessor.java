package io.gtrace.meter.counter;

import java.util.List;

/** The processors of a machine without counters, by how busy they are. */
final class ModelledProcessor implements EnergyMeter {
  private final ProcessorPower power;
  private final Elapsed elapsed = new Elapsed();
  private Tally tally = Tally.NONE;

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
    double seconds = elapsed.secondsTo(nanos);
    Energy step = power.at(use.busyShare()).during(seconds);
    tally = tally.plus(step, power.idle().during(seconds), use.whole() ? 1 : use.ownOfBusy());
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
