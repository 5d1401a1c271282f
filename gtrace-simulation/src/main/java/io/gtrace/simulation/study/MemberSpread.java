package io.gtrace.simulation.study;

import io.gtrace.simulation.people.Cohort;
import io.gtrace.simulation.wave.Count;
import io.gtrace.simulation.wave.WaveResult;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;

/** One run by country and step of time. */
final class MemberSpread implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int MOST_STEPS = 64;
  private static final int HOURS_OF_DAY = 24;
  private static final List<Integer> PARTS_OF_DAY = List.of(1, 2, 3, 6, 12);

  private final HashMap<String, Country> byZone = new HashMap<>();

  /** A country in one run: who can be reached, and by step new adopters and outputs. */
  private static final class Country implements Serializable {
    private static final long serialVersionUID = 1L;

    private final double people;
    private final double[] adopters;
    private final double[] outputs;

    Country(WaveResult result, int cohort, int stepHours) {
      people = result.population().cohorts().get(cohort).people();
      adopters = new double[parts(result.hours(), stepHours)];
      outputs = new double[adopters.length];
      for (int hour = 0; hour < result.hours(); hour++) {
        adopters[hour / stepHours] += result.count(hour, cohort, Count.ADOPTED);
        outputs[hour / stepHours] += result.outputs(hour, cohort);
      }
    }
  }

  MemberSpread(WaveResult result) {
    int stepHours = stepHours(result.hours());
    List<Cohort> cohorts = result.population().cohorts();
    for (int c = 0; c < cohorts.size(); c++) {
      byZone.put(cohorts.get(c).zone(), new Country(result, c, stepHours));
    }
  }

  /** A length that parts a run into few enough steps to look at one by one. */
  static int stepHours(int hours) {
    for (int step : PARTS_OF_DAY) {
      if (parts(hours, step) <= MOST_STEPS) {
        return step;
      }
    }
    return HOURS_OF_DAY * parts(parts(hours, HOURS_OF_DAY), MOST_STEPS);
  }

  /** How many parts of a length a whole has; the last may be shorter. */
  static int parts(int whole, int length) {
    return (whole + length - 1) / length;
  }

  /** People of a country who can be reached; 0 if it has none in this run. */
  double people(String zone) {
    Country country = byZone.get(zone);
    return country == null ? 0 : country.people;
  }

  /** People of a country who have taken part by the end of a step. */
  double adoptersSoFar(String zone, int step) {
    Country country = byZone.get(zone);
    return country == null ? 0 : sum(country.adopters, step + 1);
  }

  /** Outputs made for a country in a step. */
  double outputs(String zone, int step) {
    Country country = byZone.get(zone);
    return country == null ? 0 : country.outputs[step];
  }

  /** People of a country who took part in the whole run. */
  double adopters(String zone) {
    return adoptersSoFar(zone, Integer.MAX_VALUE - 1);
  }

  /** Outputs made for a country in the whole run. */
  double outputs(String zone) {
    Country country = byZone.get(zone);
    return country == null ? 0 : sum(country.outputs, Integer.MAX_VALUE);
  }

  private static double sum(double[] values, int count) {
    double sum = 0;
    for (int i = 0; i < Math.min(count, values.length); i++) {
      sum += values[i];
    }
    return sum;
  }
}
