package io.gtrace.simulation.wave;

import io.gtrace.simulation.adoption.AdoptionModel;
import io.gtrace.simulation.serving.Fleet;
import io.gtrace.simulation.serving.FleetHour;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Runs a wave. The same wave and seed give the same result, bit by bit, whatever the number of
 * threads.
 */
public final class WaveSimulation {
  private final Wave wave;
  private final Optional<UseTables> tables;
  private final Function<Venues.InRegion, Fleet> fleets;

  /** Hears what is made in a run, and may end it. */
  @FunctionalInterface
  public interface Observer {
    /** Never ends a run. */
    Observer SILENT = made -> true;

    /**
     * After each hour.
     *
     * @param made in that hour; valid during the call alone
     * @return whether to go on
     */
    boolean after(HourOfWave made);
  }

  /**
   * @param energy what an output costs; not asked if the wave is about adoption alone
   * @param fleets a new fleet for each region of a service and run
   */
  public WaveSimulation(Wave wave, EnergyOfOutput energy, Function<Venues.InRegion, Fleet> fleets) {
    this.wave = wave;
    this.fleets = fleets;
    tables = wave.use().map(use -> new UseTables(use, wave.hours(), energy));
  }

  /**
   * What calendars take beyond the events in them, as those of each hour and shard fill blocks of
   * their own: in long runs of few people more than all else, bytes.
   *
   * @param events in flight at most
   */
  public static double calendarBytes(Wave wave, double events) {
    double rows = 2.0 * Shards.of(wave.population().people()).count() * wave.hours();
    return Math.min(rows, events) * EventCalendar.BLOCK * Integer.BYTES;
  }

  /** A wave of adoption alone. */
  public static WaveSimulation ofAdoption(Wave wave) {
    return new WaveSimulation(wave, (venue, kind) -> 0, region -> Fleet.boundless());
  }

  /**
   * @param seed another seed gives another world of the same kind
   * @param threads 1 to 1,024
   */
  public WaveResult run(long seed, int threads, Observer observer) {
    Shards cut = Shards.of(wave.population().people());
    WaveResult result = new WaveResult(wave);
    HourOfWave made = new HourOfWave(wave);
    Shard[] shards = new Shard[cut.count()];
    try (Workers workers = new Workers(Math.min(threads, shards.length))) {
      AdoptionModel.Spreading spreading = wave.adoption().spreading(wave.hours());
      workers.each(
          shards.length, i -> shards[i] = new Shard(wave, tables, spreading, cut, i, seed));
      Serving serving = new Serving(tables, fleets);
      double[][] loadShares = serving.loadShares();
      Trending trending = new Trending(wave.search(), wave.population());
      for (int hour = 0; hour < wave.hours(); hour++) {
        int now = hour;
        Optional<DeviceOdds> odds = tables.map(of -> of.odds(serving.waitSOfServices()));
        workers.each(shards.length, i -> shards[i].notice(now, trending, odds));
        FleetHour[] fleetHours = serving.serve(shards);
        workers.each(shards.length, i -> shards[i].act(fleetHours));
        workers.each(shards.length, i -> shards[i].receive(shards));
        made.begin(hour);
        for (Shard shard : shards) {
          shard.flush(made, result);
        }
        made.close(fleetHours, loadShares);
        trending.add(hour, result);
        result.finished(hour);
        if (!observer.after(made)) {
          break;
        }
      }
    }
    return result;
  }

  /** The fleets of a run and how they did in the last hour. */
  private static final class Serving {
    private final Optional<UseTables> tables;
    private final Optional<Venues> venues;
    private final Fleet[] fleets;
    private final FleetHour[] lastHour;
    private final int services;

    Serving(Optional<UseTables> tables, Function<Venues.InRegion, Fleet> newFleet) {
      this.tables = tables;
      venues = tables.map(of -> of.venues);
      services = tables.map(of -> of.use.services().size()).orElse(0);
      int regions = venues.map(Venues::regions).orElse(0);
      fleets = new Fleet[regions];
      for (int r = 0; r < regions; r++) {
        fleets[r] = newFleet.apply((Venues.InRegion) venues.orElseThrow().all().get(r));
      }
      lastHour = new FleetHour[venues.map(of -> of.all().size()).orElse(0)];
      Arrays.fill(lastHour, FleetHour.AT_EASE);
    }

    FleetHour[] serve(Shard[] shards) {
      long[] demand = new long[lastHour.length];
      for (Shard shard : shards) {
        shard.addDemand(demand);
      }
      for (int r = 0; r < fleets.length; r++) {
        double toBeMade = demand[r] * (1 - tables.orElseThrow().cacheOf(r).hitShare());
        lastHour[r] = fleets[r].serve(toBeMade);
      }
      return lastHour;
    }

    /** The mean wait over the regions of each service in the last hour, s. */
    double[] waitSOfServices() {
      double[] waits = new double[services];
      venues.ifPresent(of -> {
        for (int s = 0; s < services; s++) {
          int from = of.firstOfService(s);
          int to = of.firstOfService(s + 1);
          waits[s] =
              Arrays.stream(lastHour, from, to).mapToDouble(FleetHour::waitS).average().orElse(0);
        }
      });
      return waits;
    }

    /** For each region, the share of the energy of each kind that the load scales. */
    double[][] loadShares() {
      return IntStream.range(0, fleets.length)
          .mapToObj(region -> tables.orElseThrow().loadSharesOfKinds(region))
          .toArray(double[][]::new);
    }
  }
}
