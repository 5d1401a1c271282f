package io.gtrace.simulation.wave;

import io.gtrace.simulation.random.Levels;
import io.gtrace.simulation.use.Cache;
import io.gtrace.simulation.use.Habits;
import io.gtrace.simulation.use.OutputKind;
import io.gtrace.simulation.use.Service;
import io.gtrace.simulation.use.Timetable;
import io.gtrace.simulation.use.Use;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a wave says of use, laid out for the inner loops. Chance comes as 32 random bits. */
final class UseTables {
  private static final int TRAIT_BITS = 21;
  private static final long HALF = 0xFFFFFFFFL;

  final Use use;
  final Venues venues;
  final int kinds;
  final Choices kindOf;
  final Levels.Lognormal variation;
  private final double[] kwh;
  private final double[][] loadShares;
  private final Choices regions;
  private final Optional<Choices> regionsByHour;
  private final Cache[] caches;
  private final Caps[] caps;
  private final long[] existingBelow;
  private final long[] payingBelow;
  private final Choices services;
  private final Choices devices;
  private final Levels.Lognormal enthusiasm;
  private final double[] outputsScale = new double[Levels.COUNT];
  private final double[] oddsByTaste;

  UseTables(Use use, int hours, EnergyOfOutput energy) {
    this.use = use;
    venues = new Venues(use);
    kinds = use.kinds().size();
    kindOf = Choices.of(List.of(use.kinds().stream().map(OutputKind::share).toList()));
    kwh = new double[venues.all().size() * kinds];
    loadShares = new double[venues.all().size()][kinds];
    for (int venue = 0; venue < loadShares.length; venue++) {
      for (int kind = 0; kind < kinds; kind++) {
        kwh[venue * kinds + kind] = energy.kwh(venue, kind);
        loadShares[venue][kind] = energy.loadShare(venue, kind);
      }
    }
    List<Service> all = use.services();
    caches = new Cache[venues.all().size()];
    for (int venue = 0; venue < caches.length; venue++) {
      caches[venue] =
          venues.all().get(venue) instanceof Venues.InRegion in ? in.service().cache() : Cache.NONE;
    }
    regions =
        Choices.of(
            all.stream()
                .map(of -> of.regions().stream().map(Service.Region::share).toList())
                .toList());
    regionsByHour =
        all.stream().anyMatch(of -> of.timetable().isPresent())
            ? Optional.of(Choices.of(regionsByHour(all, hours)))
            : Optional.empty();
    caps = new Caps[2 * all.size()];
    for (int s = 0; s < all.size(); s++) {
      caps[2 * s] = Caps.of(all.get(s), false, hours);
      caps[2 * s + 1] = Caps.of(all.get(s), true, hours);
    }
    services = Choices.of(use.habits().stream().map(Habits::services).toList());
    devices = Choices.orNone(use.habits().stream().map(Habits::ownership).toList());
    int cohorts = use.habits().size();
    existingBelow = new long[cohorts];
    payingBelow = new long[cohorts];
    for (int cohort = 0; cohort < cohorts; cohort++) {
      Habits habits = use.habits().get(cohort);
      existingBelow[cohort] = Choices.bound(habits.existingUsers());
      payingBelow[cohort] = Choices.bound(habits.payingUsers());
    }
    variation = new Levels.Lognormal(use.variationLogSd());
    enthusiasm = new Levels.Lognormal(use.sessions().enthusiasmLogSd());
    for (int level = 0; level < outputsScale.length; level++) {
      outputsScale[level] = outputsScale(enthusiasm.mean(level));
    }
    oddsByTaste = DeviceOdds.byTaste(use);
  }

  /** A row for each hour and service. */
  private static List<List<Double>> regionsByHour(List<Service> services, int hours) {
    List<List<Double>> rows = new ArrayList<>();
    for (int hour = 0; hour < hours; hour++) {
      for (Service service : services) {
        List<Double> usual = service.regions().stream().map(Service.Region::share).toList();
        int now = hour;
        rows.add(service.timetable().map(of -> of.regionShares().get(now)).orElse(usual));
      }
    }
    return rows;
  }

  /**
   * What an exponential number is multiplied with to give the outputs beyond the first.
   *
   * @param level of the person's enthusiasm
   * @param stream of which the last level draws its number
   */
  double outputsScale(int level, long stream) {
    return level < Levels.LAST ? outputsScale[level] : outputsScale(enthusiasm.beyond(stream));
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

  /** The mean energy of an output: of each venue, kind by kind. */
  double[] kwhByVenueAndKind() {
    return kwh;
  }

  /** Share of the energy of each kind that the load scales. */
  double[] loadSharesOfKinds(int venue) {
    return loadShares[venue];
  }

  /**
   * Fills columns with what people are like.
   *
   * @param cohorts of the people
   * @param traits random bits of each
   * @param users takes the kind of users of a service to whom the same caps apply
   * @param owned takes the device class that each owns; the number of classes if none
   */
  void traits(int[] cohorts, long[] traits, int count, int[] users, int[] owned) {
    if (use.services().size() == 1) {
      Arrays.fill(users, 0, count, 0);
    } else {
      for (int i = 0; i < count; i++) {
        users[i] = 2 * services.at(cohorts[i], trait(traits[i], 0));
      }
    }
    long[] below = payingBelow;
    for (int i = 0; i < count; i++) {
      users[i] += (int) ((trait(traits[i], 1) - below[cohorts[i]]) >>> (Long.SIZE - 1));
    }
    Choices of = devices;
    for (int i = 0; i < count; i++) {
      owned[i] = of.at(cohorts[i], trait(traits[i], 2));
    }
  }

  /** One of the three numbers of 32 bits, of which the higher are random, in 64 random bits. */
  private static long trait(long traits, int number) {
    return (traits >>> (TRAIT_BITS * number)) << (Integer.SIZE - TRAIT_BITS) & HALF;
  }

  /** 1 if a person used the service before the wave, else 0; payers are among those who did. */
  long existingUser(int cohort, long traits) {
    return (trait(traits, 1) - existingBelow[cohort]) >>> (Long.SIZE - 1);
  }

  /** The service of some of its users. */
  int serviceOf(int users) {
    return users >> 1;
  }

  /** The cap in an hour on each kind of users. */
  int[] capsAt(int hour) {
    int[] now = new int[caps.length];
    for (int users = 0; users < now.length; users++) {
      now[users] = caps[users].at(hour);
    }
    return now;
  }

  /** The first hour from this one on in which users have access; the number of hours if none. */
  int nextOpen(int users, int hour) {
    return caps[users].nextOpen(hour);
  }

  /** Classes of devices. */
  int devices() {
    return use.devices().size();
  }

  /**
   * Fills a column with venues that serve sessions in an hour.
   *
   * @param users who have them
   * @param bits of which the lower half decides
   */
  void regions(int hour, int[] users, long[] bits, int count, int[] venuesOf) {
    Choices of = regionsByHour.orElse(regions);
    int firstRow = regionsByHour.isPresent() ? hour * use.services().size() : 0;
    for (int i = 0; i < count; i++) {
      int service = serviceOf(users[i]);
      venuesOf[i] = venues.firstOfService(service) + of.at(firstRow + service, bits[i] & HALF);
    }
  }

  /** The hour to which each service asks people to put off what they want in an hour. */
  int[] betterHours(int hour) {
    return use.services().stream()
        .mapToInt(of -> of.timetable().map(each -> each.betterHour().get(hour)).orElse(hour))
        .toArray();
  }

  /** Of the numbers that stand for people, the least that stands for one who would not agree. */
  long[] patientBelow() {
    return use.services().stream()
        .mapToLong(of -> Choices.bound(of.timetable().map(Timetable::patientShare).orElse(0.0)))
        .toArray();
  }

  /** What a venue need not make anew. */
  Cache cacheOf(int venue) {
    return caches[venue];
  }
}
