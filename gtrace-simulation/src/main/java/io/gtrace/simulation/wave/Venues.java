package io.gtrace.simulation.wave;

import io.gtrace.simulation.use.OwnDevice;
import io.gtrace.simulation.use.Service;
import io.gtrace.simulation.use.Use;
import java.util.ArrayList;
import java.util.List;

/** Where outputs are made: first the regions of each service, then the devices. */
public final class Venues {
  private final List<Venue> venues;
  private final int[] firstOfService;

  /** A place that makes outputs. */
  public sealed interface Venue {}

  /** A region of a service. */
  public record InRegion(Service service, Service.Region region) implements Venue {}

  /** Devices of a class at their users'. */
  public record OnDevice(OwnDevice device) implements Venue {}

  public Venues(Use use) {
    List<Venue> all = new ArrayList<>();
    firstOfService = new int[use.services().size() + 1];
    for (int s = 0; s < use.services().size(); s++) {
      Service service = use.services().get(s);
      firstOfService[s] = all.size();
      service.regions().forEach(region -> all.add(new InRegion(service, region)));
    }
    firstOfService[use.services().size()] = all.size();
    use.devices().forEach(device -> all.add(new OnDevice(device)));
    venues = List.copyOf(all);
  }

  public List<Venue> all() {
    return venues;
  }

  /** How many of them are regions of services; they come first. */
  public int regions() {
    return firstOfService[firstOfService.length - 1];
  }

  int firstOfService(int service) {
    return firstOfService[service];
  }

  int ofDevice(int device) {
    return regions() + device;
  }
}
