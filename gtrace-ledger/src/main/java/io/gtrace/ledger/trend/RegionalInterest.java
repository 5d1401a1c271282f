package io.gtrace.ledger.trend;

import java.util.List;

/**
 * Interest by region, each relative to all searches there, as Google Trends publishes it: it says
 * where a term matters most, not where most of the searches come from.
 *
 * @param name the term
 * @param source the file that it was read from
 * @param regions in the order of the file
 */
public record RegionalInterest(String name, String source, List<Region> regions) {
  public RegionalInterest {
    regions = List.copyOf(regions);
  }

  /** One region and its index, 0 to 100. */
  public record Region(String name, Reading index) {}
}
