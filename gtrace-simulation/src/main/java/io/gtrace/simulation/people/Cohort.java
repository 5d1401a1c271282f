package io.gtrace.simulation.people;

/**
 * People of one country.
 *
 * @param zone the country's grid zone, as the factor catalogue names it
 * @param name for people
 * @param people how many can be reached, above 0
 * @param clock when they are active
 */
public record Cohort(String zone, String name, long people, ActivityClock clock) {
  public Cohort {
    if (people <= 0) {
      throw new IllegalArgumentException("people of " + name + " must be above 0, not " + people);
    }
  }
}
