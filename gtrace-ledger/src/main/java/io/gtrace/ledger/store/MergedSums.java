package io.gtrace.ledger.store;

import io.gtrace.ledger.store.SealedFile.Content;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What files sum to together. */
public final class MergedSums {
  /** Sums of the same numbers in another order differ by less. */
  private static final double TOLERANCE = 1e-9;

  private MergedSums() {}

  /** The sums of some files together, of what all of them have a sum of. */
  public static Map<String, Double> of(Collection<SealedFile> files) {
    Set<String> names = new TreeSet<>();
    files.forEach(file -> names.addAll(file.sums().keySet()));
    files.forEach(file -> names.retainAll(file.sums().keySet()));
    Map<String, Double> sums = new TreeMap<>();
    for (String name : names) {
      sums.put(name, files.stream().mapToDouble(file -> file.sums().getOrDefault(name, 0.0)).sum());
    }
    return sums;
  }

  /**
   * How files that should say the same as others differ from them, for people; empty if they do
   * not. Roll-ups may have fewer rows that sum to the same, all else has as many.
   */
  public static Optional<String> difference(
      Collection<SealedFile> replaced, Collection<SealedFile> merged) {
    List<String> differences = new ArrayList<>();
    boolean rowsCount = replaced.stream().noneMatch(file -> file.content() == Content.ROLLUP);
    long before = replaced.stream().mapToLong(SealedFile::rows).sum();
    long after = merged.stream().mapToLong(SealedFile::rows).sum();
    if (rowsCount && before != after) {
      differences.add(after + " rows stand for " + before);
    }
    Map<String, Double> sums = of(merged);
    of(replaced)
        .forEach((name, sum) -> {
          double now = sums.getOrDefault(name, Double.NaN);
          if (!(Math.abs(now - sum) <= TOLERANCE * Math.abs(sum))) {
            differences.add(name + " sums to " + now + ", not to " + sum);
          }
        });
    return differences.stream().findFirst();
  }
}
