package io.gtrace.simulation.wave;

import io.gtrace.simulation.Within;

/**
 * Search as a way to meet a wave: some of those who notice look it up, and what many look up is
 * shown to others of their country, by lists of trends, suggestions and results.
 *
 * @param lookingUp share of those who notice that look it up, 0 to 1
 * @param exposuresPerSearch people of the country whom a search lets meet it on average, 0 to 1,000
 * @param fadingHours mean time until it does, 0.001 to 100,000 h
 */
public record Search(double lookingUp, double exposuresPerSearch, double fadingHours) {
  /** Nobody looks anything up. */
  public static final Search NONE = new Search(0, 0, 1);

  public Search {
    Within.require("share that looks it up", lookingUp, 0, 1);
    Within.require("exposures of a search", exposuresPerSearch, 0, 1_000);
    Within.require("fading hours", fadingHours, 0.001, 100_000);
  }
}
