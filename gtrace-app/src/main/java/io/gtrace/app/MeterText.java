package io.gtrace.app;

import io.gtrace.footprint.Footprint;
import io.gtrace.meter.Machine;
import io.gtrace.meter.Metering;
import io.gtrace.meter.counter.Basis;
import io.gtrace.meter.counter.Energy;
import io.gtrace.meter.counter.EnergyMeter;
import io.gtrace.meter.load.LoadTotals;
import io.gtrace.report.Figures;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** What was measured, for people. */
final class MeterText {
  private static final double BYTES_PER_GB = 1e9;
  private static final double BYTES_PER_MB = 1e6;
  private static final double NANOS_PER_MS = 1e6;

  private MeterText() {}

  static void print(PrintWriter out, MeterReport report, Optional<String> runId) {
    Metering metering = report.metering();
    Footprint footprint = report.price().footprint();
    out.printf(
        Locale.ROOT,
        "gtrace: %s, %s%s%n",
        Numbers.printable(report.command()),
        length(metering),
        report.exitCode().orElse(0) == 0 ? "" : ", exit code " + report.exitCode().getAsInt());
    out.printf("  energy    %s%n", Figures.energy(footprint.energyKwh()));
    carbon(out, report.price());
    for (Metering.Part part : metering.parts()) {
      out.printf("  %s%n", part(part));
    }
    load(out, metering);
    out.printf("  evidence  %s (%s)%n", report.grade(), basis(metering));
    out.printf("  meter     %s%n", cost(metering));
    runId.ifPresent(id -> out.printf("  ledger    %s%n", id));
    notes(out, report.machine(), metering);
    report.machine().permission().ifPresent(command -> permission(out, command));
  }

  private static void carbon(PrintWriter out, MeterPrices.Price price) {
    switch (price.carbon()) {
      case UNKNOWN -> out.println("  carbon    not known without --region or --grid-intensity");
      case OF_GRID ->
          out.printf(
              "  carbon    %s%n", Figures.carbon(price.footprint().operationalLocationBasedKg()));
      case OWN_MIX ->
          price
              .ownMixKg()
              .ifPresent(
                  kg -> out.printf("  carbon    %s, by the given mix%n", Figures.carbon(kg)));
    }
  }

  private static String part(Metering.Part part) {
    double own = part.tally().own().kwh();
    double whole = part.tally().whole().kwh();
    String text = part.name() + ": " + Figures.energy(own) + " (" + part.basis().label() + ")";
    return whole > own * 1.0005
        ? text + ", of " + Figures.energy(whole) + " that it took in all"
        : text;
  }

  private static void load(PrintWriter out, Metering metering) {
    LoadTotals load = metering.load();
    out.printf(
        Locale.ROOT,
        "  load      %.2f s of processor time, of %.2f s that the machine worked; %s of memory%n",
        load.ownCpuSeconds(),
        load.busyCpuSeconds(),
        memory(load.meanOwnMemoryBytes()));
    Energy idle = metering.ownIdle();
    if (idle.joules() > 0) {
      out.printf(
          "  idle      %s of it is the share in what processors draw without work (estimated)%n",
          Figures.energy(idle.kwh()));
    }
  }

  private static String memory(double bytes) {
    return bytes < BYTES_PER_GB
        ? Figures.rounded(bytes / BYTES_PER_MB) + " MB"
        : Figures.rounded(bytes / BYTES_PER_GB) + " GB";
  }

  private static String cost(Metering metering) {
    Metering.Cost cost = metering.cost();
    Duration rest = cost.all().minus(cost.ofReadings());
    return String.format(
        Locale.ROOT,
        "%,d %s, %s of a processor: %s ms; all else, most of it to start: %s ms",
        cost.readings(),
        cost.readings() == 1 ? "reading" : "readings",
        Figures.percent(metering.overhead()) + " %",
        Figures.rounded(cost.ofReadings().toNanos() / NANOS_PER_MS),
        Figures.rounded(Math.max(0, rest.toNanos()) / NANOS_PER_MS));
  }

  private static String basis(Metering metering) {
    double own = metering.own().joules();
    double share = own > 0 ? metering.measured().joules() / own : 0;
    if (share == 0) {
      return own > 0 ? "modelled" : "nothing was taken";
    }
    return share == 1 ? "measured" : Figures.percent(share) + " % measured, the rest modelled";
  }

  private static String length(Metering metering) {
    double seconds = metering.length().toNanos() / 1e9;
    return seconds < 120
        ? String.format(Locale.ROOT, "%.2f s", seconds)
        : String.format(Locale.ROOT, "%.1f min", seconds / 60);
  }

  private static void notes(PrintWriter out, Machine machine, Metering metering) {
    machine.notes().forEach(note -> out.printf("  note: %s%n", note));
    metering.notes().forEach(note -> out.printf("  note: %s%n", note));
  }

  private static void permission(PrintWriter out, String command) {
    out.println(
        "  note: this machine has energy counters that may not be read; until it starts anew this"
            + " lets everybody read them:");
    out.println("    " + command);
  }

  static void printMachine(PrintWriter out, Machine machine) {
    out.printf("processor: %s%n", machine.processor().isBlank() ? "unnamed" : machine.processor());
    for (EnergyMeter meter : machine.meters()) {
      out.printf(
          "%s: %s%n",
          meter.name(),
          switch (meter.basis()) {
            case COUNTER -> "measured, by its energy counter";
            case INTEGRATED_POWER -> "measured, by its power, integrated";
            case MODEL -> "not measured: modelled, with a wide interval";
          });
      if (meter.basis() == Basis.MODEL) {
        meter.notes().forEach(note -> out.printf("  note: %s%n", note));
      }
    }
    machine.parts().forEach(part -> out.printf("not added: %s%n", part));
    machine.notes().forEach(note -> out.printf("note: %s%n", note));
    machine.permission().ifPresent(command -> permission(out, command));
  }
}
