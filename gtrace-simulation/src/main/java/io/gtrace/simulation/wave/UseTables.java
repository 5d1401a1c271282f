package io.gtrace.simulation.wave;

import io.gtrace.simulation.use.Habits;
import io.gtrace.simulation.use.OutputKind;
import io.gtrace.simulation.use.Service;
import io.gtrace.simulation.use.Use;
import java.util.ArrayList;
import java.util.List;

/** What a wave says of use, laid out for the inner loops. */
final class UseTables {
  private static final int KIND_BITS = 16;

  final Use use;
  final Venues venues;
  final int kinds;
  private final byte[] kindAt = new byte[1 << KIND_BITS];
  private final double[][] kwh;
  private final double[][] loadShares;
  private final List<Choices> regions = new ArrayList<>();
  private final List<Caps> freeCaps = new ArrayList<>();
  private final List<Caps> paidCaps = new ArrayList<>();
  private final List<Choices> services = new ArrayList<>();
  private final List<Choices> devices = new ArrayList<>();

  UseTables(Use use, int hours, EnergyOfOutput energy) {
    this.use = use;
    venues = new Venues(use);
    kinds = use.kinds().size();
    Choices byShare = new Choices(use.kinds().stream().map(OutputKind::share).toList());
    for (int i = 0; i < kindAt.length; i++) {
      kindAt[i] = (byte) byShare.whole((i + 0.5) / kindAt.length);
    }
    kwh = new double[venues.all().size()][kinds];
    loadShares = new double[kwh.length][kinds];
    for (int venue = 0; venue < kwh.length; venue++) {
      for (int kind = 0; kind < kinds; kind++) {
        kwh[venue][kind] = energy.kwh(venue, kind);
        loadShares[venue][kind] = energy.loadShare(venue, kind);
      }
    }
    for (Service service : use.services()) {
      regions.add(new Choices(service.regions().stream().map(Service.Region::share).toList()));
      freeCaps.add(Caps.of(service, false, hours));
      paidCaps.add(Caps.of(service, true, hours));
    }
    for (Habits habits : use.habits()) {
      services.add(new Choices(habits.services()));
      devices.add(new Choices(habits.ownership()));
    }
  }

  /** The kind that the lowest bits of a random number choose. */
  int kind(long random) {
    return kindAt[(int) random & (kindAt.length - 1)];
  }

  double[] kwhOfKinds(int venue) {
    return kwh[venue];
  }

  /** Share of the energy of each kind that the load scales. */
  double[] loadSharesOfKinds(int venue) {
    return loadShares[venue];
  }

  int service(int cohort, double uniform) {
    return services.get(cohort).whole(uniform);
  }

  /** The device class that a person owns; the number of classes if none. */
  int device(int cohort, double uniform) {
    return devices.get(cohort).at(uniform);
  }

  /** The venue of a service that serves a session. */
  int region(int service, double uniform) {
    return venues.firstOfService(service) + regions.get(service).whole(uniform);
  }

  Caps caps(int service, boolean paying) {
    return (paying ? paidCaps : freeCaps).get(service);
  }
}
