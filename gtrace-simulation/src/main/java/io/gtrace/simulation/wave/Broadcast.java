package io.gtrace.simulation.wave;

/** Exposures from outside: media, the service's own announcement. */
@FunctionalInterface
public interface Broadcast {
  /** No media. */
  Broadcast NONE = (cohort, hour) -> 0;

  /** Exposures of a person of a cohort in an hour on average, at least 0. */
  double exposuresOfPerson(int cohort, int hour);
}
