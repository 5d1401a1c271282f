package io.gtrace.simulation.wave;

import io.gtrace.simulation.random.Levels;
import io.gtrace.simulation.random.PersonDraws;
import io.gtrace.simulation.use.Habits;
import io.gtrace.simulation.use.OutputKind;
import io.gtrace.simulation.use.Service;
import io.gtrace.simulation.use.Use;
import java.util.List;

/** What a wave says of use, laid out for the inner loops. */
final class UseTables {
  private static final int KIND_BITS = 20;
  private static final int KIND_MASK = (1 << KIND_BITS) - 1;

  final Use use;
  final Venues venues;
  final int kinds;
  private final int[] kindFrom;
  private final double[][] kwh;
  private final double[][] loadShares;
  private final Choices[] regions;
  private final Caps[] freeCaps;
  private final Caps[] paidCaps;
  private final Habits[] habits;
  private final Choices[] services;
  private final Choices[] devices;
  private final Levels.Lognormal variation;
  private final Levels.Lognormal enthusiasm;
  private final double[] outputsScale = new double[Levels.COUNT];
  private final double[][] oddsByTaste;

  UseTables(Use use, int hours, EnergyOfOutput energy) {
    this.use = use;
    venues = new Venues(use);
    kinds = use.kinds().size();
    kindFrom = kindFrom(use.kinds());
    kwh = new double[venues.all().size()][kinds];
    loadShares = new double[kwh.length][kinds];
    for (int venue = 0; venue < kwh.length; venue++) {
      for (int kind = 0; kind < kinds; kind++) {
        kwh[venue][kind] = energy.kwh(venue, kind);
        loadShares[venue][kind] = energy.loadShare(venue, kind);
      }
    }
    List<Service> all = use.services();
    regions = new Choices[all.size()];
    freeCaps = new Caps[all.size()];
    paidCaps = new Caps[all.size()];
    for (int s = 0; s < regions.length; s++) {
      regions[s] = new Choices(all.get(s).regions().stream().map(Service.Region::share).toList());
      freeCaps[s] = Caps.of(all.get(s), false, hours);
      paidCaps[s] = Caps.of(all.get(s), true, hours);
    }
    habits = use.habits().toArray(Habits[]::new);
    services = new Choices[habits.length];
    devices = new Choices[habits.length];
    for (int cohort = 0; cohort < habits.length; cohort++) {
      services[cohort] = new Choices(habits[cohort].services());
      devices[cohort] = new Choices(habits[cohort].ownership());
    }
    variation = new Levels.Lognormal(use.variationLogSd());
    enthusiasm = new Levels.Lognormal(use.sessions().enthusiasmLogSd());
    for (int level = 0; level < outputsScale.length; level++) {
      outputsScale[level] = outputsScale(enthusiasm.mean(level));
    }
    oddsByTaste = DeviceOdds.byTaste(use);
  }

  /** The least random number that means each kind but the first. */
  private static int[] kindFrom(List<OutputKind> kinds) {
    int[] from = new int[kinds.size() - 1];
    double sum = 0;
    for (int kind = 0; kind < from.length; kind++) {
      sum += kinds.get(kind).share();
      from[kind] = (int) Math.round(sum * (1 << KIND_BITS));
    }
    return from;
  }

  /** The kind of output that the lowest bits of a random number choose. */
  int kind(int random) {
    int number = random & KIND_MASK;
    int kind = 0;
    // All are compared: to stop in time is a branch, which would be guessed wrong.
    for (int from : kindFrom) {
      kind += number >= from ? 1 : 0;
    }
    return kind;
  }

  /** The energy of one output over the mean of its kind, by the bits above those of the kind. */
  double variation(int random, PersonDraws draws) {
    return variation.at(Levels.of(random >>> KIND_BITS), draws);
  }

  /**
   * What an exponential number is multiplied with to give the outputs beyond the first.
   *
   * @param level of the person's enthusiasm
   * @param draws asked for more chance by the last level alone
   */
  double outputsScale(int level, PersonDraws draws) {
    return level < Levels.COUNT - 1
        ? outputsScale[level]
        : outputsScale(enthusiasm.at(level, draws));
  }

  /** The whole part of an exponential number so scaled is geometric. */
  private double outputsScale(double enthusiasmOfPerson) {
    double mean = (use.sessions().meanOutputs() - 1) * enthusiasmOfPerson;
    return mean <= 0 ? 0 : 1 / Math.log1p(1 / mean);
  }

  /** How likely own devices are in an hour in which services keep waiting so many seconds. */
  DeviceOdds odds(double[] waitS) {
    return new DeviceOdds(use, oddsByTaste, waitS);
  }

  double[] kwhOfKinds(int venue) {
    return kwh[venue];
  }

  /** Share of the energy of each kind that the load scales. */
  double[] loadSharesOfKinds(int venue) {
    return loadShares[venue];
  }

  int service(int cohort, double uniform) {
    return services[cohort].whole(uniform);
  }

  Habits habits(int cohort) {
    return habits[cohort];
  }

  /** Classes of devices. */
  int devices() {
    return use.devices().size();
  }

  /** The device class that a person owns; the number of classes if none. */
  int device(int cohort, double uniform) {
    return devices[cohort].at(uniform);
  }

  /** The venue of a service that serves a session. */
  int region(int service, double uniform) {
    return venues.firstOfService(service) + regions[service].whole(uniform);
  }

  Caps caps(int service, boolean paying) {
    return (paying ? paidCaps : freeCaps)[service];
  }
}
