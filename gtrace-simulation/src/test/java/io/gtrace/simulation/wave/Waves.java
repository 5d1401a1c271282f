package io.gtrace.simulation.wave;

import io.gtrace.simulation.adoption.AdoptionModel;
import io.gtrace.simulation.contact.WellMixed;
import io.gtrace.simulation.people.ActivityClock;
import io.gtrace.simulation.people.Cohort;
import io.gtrace.simulation.people.Population;
import io.gtrace.simulation.use.AccessRule;
import io.gtrace.simulation.use.Habits;
import io.gtrace.simulation.use.OutputKind;
import io.gtrace.simulation.use.OwnDevice;
import io.gtrace.simulation.use.Service;
import io.gtrace.simulation.use.Sessions;
import io.gtrace.simulation.use.Use;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Small waves for tests. */
final class Waves {
  private Waves() {}

  static Population population(int hours, long... people) {
    List<Cohort> cohorts = new ArrayList<>();
    for (int c = 0; c < people.length; c++) {
      cohorts.add(new Cohort("Z" + c, "Country " + c, people[c], ActivityClock.even(hours)));
    }
    return new Population(cohorts);
  }

  /** Everyone meets everyone; media reach so many people on average, all in the first hour. */
  static Wave wellMixed(long people, int hours, AdoptionModel adoption, double reachedAtFirst) {
    double each = reachedAtFirst / people;
    return new Wave(
        population(hours, people),
        hours,
        adoption,
        new WellMixed(people),
        (cohort, hour) -> hour == 0 ? each : 0,
        Search.NONE,
        Optional.empty());
  }

  static Service service(AccessRule... access) {
    return new Service(
        "pictures",
        List.of(new Service.Region("west", 0.7), new Service.Region("east", 0.3)),
        List.of(access));
  }

  static Use use(int cohorts, Sessions sessions, Service service) {
    return new Use(
        0.8,
        6,
        sessions,
        List.of(new OutputKind("square", 0.75), new OutputKind("wide", 0.25)),
        0.3,
        List.of(service),
        List.of(new OwnDevice("gpu", 0, 1, 0.5)),
        Collections.nCopies(cohorts, new Habits(List.of(0.1), List.of(1.0), 0.4, 0.1)));
  }
}
