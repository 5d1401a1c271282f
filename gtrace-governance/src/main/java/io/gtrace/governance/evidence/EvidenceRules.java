package io.gtrace.governance.evidence;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the rows of a kind of evidence must keep to.
 *
 * @param unique columns that together name one thing, which may be told of once; empty if none do
 * @param span the series of periods that must not overlap; empty if there is none
 * @param ascending columns of which none may be above one that follows, such as a part and its
 *     whole, or the ends of an interval about its value; those that a row leaves empty are skipped
 * @param longest how long the period of a row may be; empty if there is no limit
 */
public record EvidenceRules(
    List<String> unique,
    Optional<Span> span,
    List<List<String>> ascending,
    Optional<Duration> longest) {

  /**
   * Periods of a series.
   *
   * @param series columns that name the series
   * @param from column of the first moment
   * @param to column of the first moment after it
   */
  public record Span(List<String> series, String from, String to) {
    public Span {
      series = List.copyOf(series);
    }
  }

  public EvidenceRules {
    unique = List.copyOf(unique);
    ascending = ascending.stream().map(List::copyOf).toList();
  }
}
