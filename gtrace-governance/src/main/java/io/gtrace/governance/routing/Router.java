package io.gtrace.governance.routing;

import io.gtrace.activity.Modality;
import io.gtrace.activity.Volumes;
import io.gtrace.factor.HourlyProfile;
import io.gtrace.factor.Position;
import io.gtrace.footprint.Quantity;
import io.gtrace.governance.routing.RouterRates.Request;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.DrawnRates;
import io.gtrace.ratecard.HourRatios;
import io.gtrace.ratecard.RateCard;
import io.gtrace.site.Site;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * Where and when a request emits least: the rates of one model in several regions, compiled to
 * arrays, so that an answer takes microseconds and a gateway can ask for every request. Safe for
 * use by many threads.
 *
 * <p>The hour is that of the mean day of the month as {@link HourlyProfile} knows it, which is its
 * own forecast: how far a single day strays from it is not known. Where no profile is known every
 * hour is like the mean of the year.
 */
public final class Router {
  private static final Quantile QUANTILE = Quantile.withDefaults().withCopy(false);
  private static final double[] BOUNDS = {(1 - Quantity.INTERVAL) / 2, (1 + Quantity.INTERVAL) / 2};
  private static final long SECONDS_PER_HOUR = 3_600;
  private static final int HOURS = 24;

  private final List<RouterRates> rates;
  private final List<RouterRegion> regions;
  private final ThreadLocal<Scratch> scratch;

  private Router(List<RouterRates> rates, List<RouterRegion> regions) {
    this.rates = List.copyOf(rates);
    this.regions = List.copyOf(regions);
    int draws = rates.get(0).drawCount();
    scratch = ThreadLocal.withInitial(() -> new Scratch(draws, rates.size(), regions.size()));
  }

  /** Arrays that a thread uses again and again. */
  private static final class Scratch {
    final double[] best;
    final double[] others;
    final double[] one;
    final double[] ratios;
    final int[] delays;
    final Request[] requests;

    Scratch(int draws, int rates, int regions) {
      best = new double[draws];
      others = new double[draws];
      one = new double[draws];
      ratios = new double[regions];
      delays = new int[regions];
      requests = new Request[rates];
      Arrays.setAll(requests, each -> new Request(draws));
    }
  }

  /**
   * Compiles the rates of a model in some regions.
   *
   * @param subject the model; for {@link Modality#TRAINING} the accelerator
   * @param places cloud regions, grid zones, own data centres, or devices in a zone; at least one
   * @param year of the grid factors; empty for the newest
   * @throws io.gtrace.factor.UnknownNameException if the model or a place is not known
   */
  public static Router of(
      RateCard card, String subject, Modality modality, List<String> places, OptionalInt year) {
    if (places.isEmpty()) {
      throw new IllegalArgumentException("name at least one region to choose from");
    }
    List<RouterRates> rates = new ArrayList<>();
    List<RouterRegion> regions = new ArrayList<>();
    for (String place : places) {
      CardRow row = card.rowOfYear(subject, modality, Site.parse(place), year);
      List<HourRatios> hours = card.hourRatios(row);
      if (regions.stream().noneMatch(known -> known.id().equals(row.site()))) {
        regions.add(new RouterRegion(row, hours, number(rates, row.drawn().rates())));
      }
    }
    return new Router(rates, regions);
  }

  /** The place of rates in a list that they are added to if they are new. */
  private static int number(List<RouterRates> all, DrawnRates rates) {
    for (int n = 0; n < all.size(); n++) {
      if (all.get(n).areOf(rates)) {
        return n;
      }
    }
    all.add(new RouterRates(rates));
    return all.size() - 1;
  }

  /** The regions that it chooses from, by the ids of their sites. */
  public List<String> regions() {
    return regions.stream().map(RouterRegion::id).toList();
  }

  /**
   * How far each region is.
   *
   * @param from where the users are
   * @param maxMs longest round trip that they bear, ms
   */
  public Reach within(Position from, double maxMs) {
    double[] roundTrips = new double[regions.size()];
    boolean[] near = new boolean[regions.size()];
    for (int r = 0; r < near.length; r++) {
      roundTrips[r] =
          regions.get(r).position().map(to -> NetworkLatency.roundTripMs(from, to)).orElse(0.0);
      near[r] = roundTrips[r] <= maxMs;
    }
    return new Reach(near, roundTrips, maxMs);
  }

  /** Every region is near enough. */
  public Reach anywhere() {
    boolean[] near = new boolean[regions.size()];
    Arrays.fill(near, true);
    return new Reach(near, new double[0], Double.POSITIVE_INFINITY);
  }

  /** Which regions are near enough for some users; made once, asked often. */
  public static final class Reach {
    private final boolean[] near;
    private final double[] roundTripMs;
    private final double maxMs;

    private Reach(boolean[] near, double[] roundTripMs, double maxMs) {
      this.near = near;
      this.roundTripMs = roundTripMs;
      this.maxMs = maxMs;
    }

    private OptionalDouble roundTripMs(int region) {
      return roundTripMs.length == 0
          ? OptionalDouble.empty()
          : OptionalDouble.of(roundTripMs[region]);
    }
  }

  /**
   * A place and an hour.
   *
   * @param region id of the site
   * @param start the hour to start in; the moment asked for if that is as good as any
   * @param carbonKg location-based carbon with the share of making the hardware
   * @param probabilityOfLeast share of the joint draws in which no other region emits less
   * @param energyKwh median
   * @param waterL median
   * @param roundTripMs between users and region; empty where nobody said where users are
   * @param hoursKnown whether the hours of that grid are told apart
   */
  public record Route(
      String region,
      Instant start,
      Quantity carbonKg,
      double probabilityOfLeast,
      double energyKwh,
      double waterL,
      OptionalDouble roundTripMs,
      boolean hoursKnown) {}

  /**
   * The best place and hour.
   *
   * @param volumes of the request
   * @param at when it could start
   * @param withinHours how many hours it can wait, 0 or more
   * @param reach which regions are near enough
   * @throws IllegalArgumentException if none is
   */
  public Route best(Volumes volumes, Instant at, int withinHours, Reach reach) {
    Scratch mine = scratch.get();
    chooseHours(mine, at, withinHours);
    int least = leastAtMedian(mine, volumes, reach);
    sumDraws(mine, volumes);
    return route(mine, at, reach, least);
  }

  /** All places that are near enough, each in its best hour, least carbon first. */
  public List<Route> all(Volumes volumes, Instant at, int withinHours, Reach reach) {
    Scratch mine = scratch.get();
    chooseHours(mine, at, withinHours);
    leastAtMedian(mine, volumes, reach);
    sumDraws(mine, volumes);
    List<Route> routes = new ArrayList<>();
    for (int r = 0; r < regions.size(); r++) {
      if (reach.near[r]) {
        routes.add(route(mine, at, reach, r));
      }
    }
    routes.sort(Comparator.comparingDouble(route -> route.carbonKg().median()));
    return List.copyOf(routes);
  }

  /** The best place at the medians alone, by its number in {@link #regions}: faster still. */
  public int bestAtMedian(Volumes volumes, Instant at, int withinHours, Reach reach) {
    Scratch mine = scratch.get();
    chooseHours(mine, at, withinHours);
    return leastAtMedian(mine, volumes, reach);
  }

  private void chooseHours(Scratch mine, Instant at, int withinHours) {
    if (withinHours < 0) {
      throw new IllegalArgumentException("hours to wait must be 0 or more, not " + withinHours);
    }
    Arrays.fill(mine.ratios, Double.POSITIVE_INFINITY);
    Instant hour = at;
    int slot = HourlyProfile.slotOf(at);
    for (int delay = 0; delay <= withinHours; delay++) {
      for (int r = 0; r < mine.ratios.length; r++) {
        double ratio = regions.get(r).ratio(slot);
        if (ratio < mine.ratios[r]) {
          mine.ratios[r] = ratio;
          mine.delays[r] = delay;
        }
      }
      hour = hour.plusSeconds(SECONDS_PER_HOUR);
      slot = (slot + 1) % HOURS == 0 ? HourlyProfile.slotOf(hour) : slot + 1;
    }
  }

  private void sumDraws(Scratch mine, Volumes volumes) {
    for (int n = 0; n < mine.requests.length; n++) {
      rates.get(n).sumDraws(mine.requests[n], volumes);
    }
  }

  private Request request(Scratch mine, RouterRegion region) {
    return mine.requests[region.rates()];
  }

  private int leastAtMedian(Scratch mine, Volumes volumes, Reach reach) {
    for (int n = 0; n < mine.requests.length; n++) {
      rates.get(n).sumMedians(mine.requests[n], volumes);
    }
    int least = -1;
    double leastKg = Double.POSITIVE_INFINITY;
    for (int r = 0; r < regions.size(); r++) {
      if (reach.near[r]) {
        RouterRegion region = regions.get(r);
        double kg = region.carbonKg(request(mine, region), mine.ratios[r]);
        if (kg < leastKg) {
          leastKg = kg;
          least = r;
        }
      }
    }
    if (least < 0) {
      throw new IllegalArgumentException(
          "none of the regions lies within a round trip of " + reach.maxMs + " ms");
    }
    return least;
  }

  private Route route(Scratch mine, Instant at, Reach reach, int chosen) {
    RouterRegion region = regions.get(chosen);
    Arrays.fill(mine.others, Double.POSITIVE_INFINITY);
    for (int r = 0; r < regions.size(); r++) {
      if (reach.near[r] && r != chosen) {
        RouterRegion other = regions.get(r);
        other.drawCarbonKg(mine.one, request(mine, other), mine.ratios[r]);
        for (int k = 0; k < mine.one.length; k++) {
          mine.others[k] = Math.min(mine.others[k], mine.one[k]);
        }
      }
    }
    Request request = request(mine, region);
    region.drawCarbonKg(mine.best, request, mine.ratios[chosen]);
    int least = 0;
    for (int k = 0; k < mine.best.length; k++) {
      least += mine.best[k] <= mine.others[k] ? 1 : 0;
    }
    double[] bounds = QUANTILE.evaluate(mine.best, BOUNDS);
    double median = region.carbonKg(request, mine.ratios[chosen]);
    return new Route(
        region.id(),
        startAfter(at, mine.delays[chosen]),
        new Quantity(median, bounds[0], bounds[1]),
        (double) least / mine.best.length,
        region.energyKwh(request),
        region.waterL(request),
        reach.roundTripMs(chosen),
        region.hoursKnown());
  }

  private static Instant startAfter(Instant at, int delayHours) {
    return delayHours == 0
        ? at
        : Instant.ofEpochSecond(
            (Math.floorDiv(at.getEpochSecond(), SECONDS_PER_HOUR) + delayHours) * SECONDS_PER_HOUR);
  }
}
