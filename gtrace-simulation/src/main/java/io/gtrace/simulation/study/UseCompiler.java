package io.gtrace.simulation.study;

import io.gtrace.ratecard.RateCard;
import io.gtrace.simulation.people.Country;
import io.gtrace.simulation.use.AccessRule;
import io.gtrace.simulation.use.Cache;
import io.gtrace.simulation.use.Habits;
import io.gtrace.simulation.use.OwnDevice;
import io.gtrace.simulation.use.Service;
import io.gtrace.simulation.use.Sessions;
import io.gtrace.simulation.use.Use;
import java.util.ArrayList;
import java.util.List;

/** What a study says of use, in one state of the world. */
final class UseCompiler {
  private static final int UNCAPPED = AccessRule.OPEN.freeOutputsPerDay();

  private final Study study;
  private final StudyTree tree;
  private final StudyNumbers numbers;
  private final TimetableCompiler timetables;

  UseCompiler(Study study, StudyNumbers numbers, RateCard card) {
    this.study = study;
    timetables = new TimetableCompiler(study, numbers, card);
    this.tree = study.tree();
    this.numbers = numbers;
  }

  /**
   * @param countries of the cohorts, in their order
   * @param variationLogSd spread of one output against another of its kind
   */
  Use use(List<Country> countries, double variationLogSd) {
    List<Service> services = services();
    List<Double> serviceShares = new ArrayList<>();
    for (int s = 0; s < services.size(); s++) {
      serviceShares.add(numbers.of("/services/" + s + "/share", 1.0 / services.size()));
    }
    List<OwnDevice> devices = devices();
    List<Habits> habits = new ArrayList<>();
    for (Country country : countries) {
      habits.add(
          new Habits(
              ownership(country),
              serviceShares,
              numbers.of("/people/existing-users", 0),
              numbers.of("/people/paying-users", 0)));
    }
    return new Use(
        numbers.of("/use/trial-share", 1),
        numbers.of("/use/decision-hours", 12),
        sessions(),
        new Outputs(tree, numbers).kinds(),
        variationLogSd,
        services,
        devices,
        habits);
  }

  private Sessions sessions() {
    return new Sessions(
        Math.max(1, numbers.of("/use/outputs-per-session", 1)),
        numbers.of("/use/enthusiasm-log-sd", 0.8),
        numbers.of("/use/return-share", 0),
        numbers.of("/use/gap-hours", 24),
        numbers.of("/use/persistence", 0.5),
        numbers.of("/use/retry-hours", 6));
  }

  private List<Service> services() {
    List<Service> services = new ArrayList<>();
    for (int s = 0; s < tree.at("/services").size(); s++) {
      String pointer = "/services/" + s;
      List<Service.Region> regions = new ArrayList<>();
      for (int r = 0; r < tree.at(pointer + "/regions").size(); r++) {
        String region = pointer + "/regions/" + r;
        double share = numbers.of(region + "/share");
        double timesUsual = numbers.of(pointer + "/routing/most-times-usual", 1);
        double mostShare = Math.max(share, Math.min(1, share * timesUsual));
        regions.add(new Service.Region(tree.at(region + "/site").stringValue(), share, mostShare));
      }
      try {
        services.add(
            new Service(
                tree.at(pointer + "/id").stringValue(),
                regions,
                access(pointer),
                cache(pointer),
                timetables.of(pointer, regions)));
      } catch (IllegalArgumentException wrong) {
        throw tree.fault(pointer + "/regions", String.valueOf(wrong.getMessage()));
      }
    }
    return services;
  }

  private Cache cache(String service) {
    return tree.has(service + "/cache")
        ? new Cache(
            numbers.of(service + "/cache/hit-share"),
            numbers.of(service + "/cache/energy-share", 0))
        : Cache.NONE;
  }

  private List<AccessRule> access(String service) {
    int count = tree.at(service + "/access").size();
    if (count == 0) {
      return List.of(AccessRule.OPEN);
    }
    List<AccessRule> rules = new ArrayList<>();
    int before = Integer.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      String pointer = service + "/access/" + i;
      int from = study.hourOf(pointer + "/from");
      if (from < before) {
        throw tree.fault(pointer + "/from", "comes before the entry above it");
      }
      before = from;
      rules.add(
          new AccessRule(
              from,
              tree.at(pointer + "/free-per-day").intValue(UNCAPPED),
              tree.at(pointer + "/paid-per-day").intValue(UNCAPPED)));
    }
    return rules;
  }

  private List<OwnDevice> devices() {
    List<OwnDevice> devices = new ArrayList<>();
    for (int d = 0; d < tree.at("/devices").size(); d++) {
      String pointer = "/devices/" + d;
      devices.add(
          new OwnDevice(
              tree.at(pointer + "/device").stringValue(),
              numbers.of(pointer + "/leaning"),
              numbers.of(pointer + "/per-privacy", 0),
              numbers.of(pointer + "/per-wait", 0)));
    }
    return devices;
  }

  private List<Double> ownership(Country country) {
    List<Double> ownership = new ArrayList<>();
    double left = 1;
    for (int d = 0; d < tree.at("/devices").size(); d++) {
      String pointer = "/devices/" + d;
      if (!isOwnedIn(pointer + "/countries", country)) {
        ownership.add(0.0);
        continue;
      }
      double ofClass =
          country.ownership().getOrDefault(tree.at(pointer + "/class").stringValue(), 0.0);
      double owns =
          numbers.of(pointer + "/ownership", ofClass * numbers.of(pointer + "/share-of-class", 1));
      double share = Math.min(left, owns);
      ownership.add(share);
      left -= share;
    }
    return ownership;
  }

  private boolean isOwnedIn(String countries, Country country) {
    return !tree.has(countries)
        || tree.at(countries).valueStream().anyMatch(of -> of.stringValue().equals(country.id()));
  }
}
