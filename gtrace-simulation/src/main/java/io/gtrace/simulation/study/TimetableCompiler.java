package io.gtrace.simulation.study;

import io.gtrace.activity.Activity;
import io.gtrace.factor.HourlyProfile;
import io.gtrace.footprint.Impact;
import io.gtrace.ratecard.RateCard;
import io.gtrace.simulation.use.Service;
import io.gtrace.simulation.use.Timetable;
import io.gtrace.site.Site;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Works out where a service works in each hour if it sends work to its cleanest regions, and to
 * which hours it asks people to put work off. Both go by the usual carbon of each grid at that hour
 * of the day and month, as the rate card knows it: a forecast that needs no luck. Routing may go by
 * the means of the year instead, where nobody tells the hours.
 */
final class TimetableCompiler {
  private final Study study;
  private final StudyTree tree;
  private final StudyNumbers numbers;
  private final RateCard card;

  TimetableCompiler(Study study, StudyNumbers numbers, RateCard card) {
    this.study = study;
    tree = study.tree();
    this.numbers = numbers;
    this.card = card;
  }

  /** Empty if a service neither routes nor queues. */
  Optional<Timetable> of(String service, List<Service.Region> regions) {
    if (!tree.has(service + "/routing") && !tree.has(service + "/queueing")) {
      return Optional.empty();
    }
    double[][] carbon = carbonKg(service, regions);
    double[][] known =
        study.text(service + "/routing/by").orElse("hour").equals("year")
            ? ofYear(service, regions)
            : carbon;
    List<List<Double>> shares = new ArrayList<>();
    double[] mean = new double[study.hours()];
    for (int hour = 0; hour < mean.length; hour++) {
      double[] now = tree.has(service + "/routing") ? routed(known, regions, hour) : usual(regions);
      shares.add(Arrays.stream(now).boxed().toList());
      for (int r = 0; r < now.length; r++) {
        mean[hour] += now[r] * carbon[r][hour];
      }
    }
    int most = (int) numbers.of(service + "/queueing/most-hours", 0);
    List<Integer> better =
        IntStream.range(0, mean.length).mapToObj(hour -> best(mean, hour, most)).toList();
    return Optional.of(
        new Timetable(shares, better, numbers.of(service + "/queueing/patient-share", 0)));
  }

  private static double[] usual(List<Service.Region> regions) {
    return regions.stream().mapToDouble(Service.Region::share).toArray();
  }

  /** Fills the cleanest regions first, each as far as it goes. */
  private static double[] routed(double[][] carbon, List<Service.Region> regions, int hour) {
    double[] shares = new double[regions.size()];
    List<Integer> cleanestFirst =
        IntStream.range(0, shares.length)
            .boxed()
            .sorted(Comparator.comparingDouble(r -> carbon[r][hour]))
            .toList();
    double left = 1;
    for (int r : cleanestFirst) {
      shares[r] = Math.min(left, regions.get(r).mostShare());
      left -= shares[r];
    }
    return shares;
  }

  /** The first of the cleanest hours from one on. */
  private static int best(double[] carbon, int hour, int most) {
    int best = hour;
    for (int later = hour; later <= Math.min(carbon.length - 1, hour + most); later++) {
      best = carbon[later] < carbon[best] ? later : best;
    }
    return best;
  }

  /** Carbon of an output of the first kind in each region and hour, kg. */
  private double[][] carbonKg(String service, List<Service.Region> regions) {
    double[][] carbonKg = new double[regions.size()][study.hours()];
    for (int r = 0; r < carbonKg.length; r++) {
      double[] bySlot = bySlotKg(service, regions.get(r));
      for (int hour = 0; hour < carbonKg[r].length; hour++) {
        int slot = HourlyProfile.slotOf(study.start().plus(hour, ChronoUnit.HOURS));
        carbonKg[r][hour] = bySlot[bySlot.length == 1 ? 0 : slot];
      }
    }
    return carbonKg;
  }

  /** The same where only the mean of the year is known of each grid. */
  private double[][] ofYear(String service, List<Service.Region> regions) {
    double[][] carbonKg = new double[regions.size()][study.hours()];
    for (int r = 0; r < carbonKg.length; r++) {
      double mean = Arrays.stream(bySlotKg(service, regions.get(r))).average().orElseThrow();
      Arrays.fill(carbonKg[r], mean);
    }
    return carbonKg;
  }

  /** In each slot of the year; one for all where hours are not told apart. */
  private double[] bySlotKg(String service, Service.Region region) {
    Activity output =
        new Outputs(tree, numbers).activity(0, tree.at(service + "/model").stringValue());
    int year = LocalDate.ofInstant(study.start(), ZoneOffset.UTC).getYear();
    return card
        .rowsByHour(output.model(), output.modality(), Site.parse(region.site()), year)
        .stream()
        .mapToDouble(row -> row.price(output.volumes(row.defaults())).median(Impact.CARBON_KG))
        .toArray();
  }
}
