package io.gtrace.ledger.trend;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that is told of a trend.
 *
 * @param estimate its volume
 * @param files what it was read from
 * @param footprint what the volume costs; empty if it was not priced
 */
public record TrendAccount(
    TrendEstimate estimate, List<TrendFile> files, Optional<TrendFootprint> footprint) {
  public TrendAccount {
    files = List.copyOf(files);
  }

  /** Interest by region in all files. */
  public List<RegionalInterest> regional() {
    return files.stream().flatMap(file -> file.regional().stream()).toList();
  }

  /** What a reader of the figures must know: of the files, the estimate and the pricing. */
  public List<String> notes() {
    return Stream.of(
            files.stream().flatMap(file -> file.notes().stream()),
            estimate.notes().stream(),
            footprint.stream().flatMap(each -> each.notes().stream()))
        .flatMap(each -> each)
        .distinct()
        .toList();
  }
}
