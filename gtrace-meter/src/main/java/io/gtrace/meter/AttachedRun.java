package io.gtrace.meter;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Measures a process that runs already, and what it starts, until it ends or this process is asked
 * to end by a signal. What the process took before is not counted.
 */
public final class AttachedRun {
  private final Machine machine;
  private final Sampling sampling;
  private final InstantSource clock;

  /**
   * @param machine looked at for {@linkplain Machine.View#ofProcess that process}
   */
  public AttachedRun(Machine machine, Sampling sampling, InstantSource clock) {
    this.machine = machine;
    this.sampling = sampling;
    this.clock = clock;
  }

  /**
   * Measures it.
   *
   * @return what it took from now on
   * @throws InterruptedException if this thread is told to end
   */
  public Metering run(ProcessHandle process) throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    SignalHandlers signals =
        SignalHandlers.of(List.of("INT", "TERM", "HUP"), (name, number) -> asked.countDown());
    try {
      EnergyMetering metering = new EnergyMetering(machine, clock, System::nanoTime);
      sampling.until(
          pause -> waitedFor(asked, pause) || !process.isAlive() || noneRuns(), metering);
      return metering.result();
    } finally {
      signals.close();
    }
  }

  private static boolean waitedFor(CountDownLatch asked, Duration pause)
      throws InterruptedException {
    return asked.await(pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** To Java a process lives until its parent takes note of its end, and some parents never do. */
  private boolean noneRuns() {
    return machine.load().totals().processesLeft() == 0;
  }
}
