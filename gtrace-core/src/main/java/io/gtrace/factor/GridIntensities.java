package io.gtrace.factor;

import io.gtrace.factor.FactorTable.Entry;
import io.gtrace.factor.GridIntensity.Basis;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The intensities of every zone by basis and year; those of a zone are read when it is asked for.
 */
final class GridIntensities {
  private final Map<String, Lazy<Map<Basis, NavigableMap<Integer, GridIntensity>>>> byZone =
      new HashMap<>();
  private final Lazy<Integer> firstYear;

  GridIntensities(List<Entry<GridIntensity>> entries) {
    Entry.by("zone", entries)
        .forEach((zone, ofZone) -> byZone.put(zone, new Lazy<>(() -> byBasis(ofZone))));
    firstYear =
        new Lazy<>(() ->
            entries.stream().mapToInt(entry -> entry.get().provenance().year()).min().orElse(0));
  }

  /** The intensities of that very zone by year; empty if there are none. */
  NavigableMap<Integer, GridIntensity> of(String zone, Basis basis) {
    Lazy<Map<Basis, NavigableMap<Integer, GridIntensity>>> ofZone = byZone.get(zone);
    return ofZone == null
        ? Collections.emptyNavigableMap()
        : ofZone.get().getOrDefault(basis, Collections.emptyNavigableMap());
  }

  /** The first year of any. */
  int firstYear() {
    return firstYear.get();
  }

  private static Map<Basis, NavigableMap<Integer, GridIntensity>> byBasis(
      List<Entry<GridIntensity>> entries) {
    Map<Basis, NavigableMap<Integer, GridIntensity>> byBasis = new EnumMap<>(Basis.class);
    for (Entry<GridIntensity> entry : entries) {
      GridIntensity intensity = entry.get();
      byBasis
          .computeIfAbsent(intensity.basis(), basis -> new TreeMap<>())
          .putIfAbsent(intensity.provenance().year(), intensity);
    }
    return byBasis;
  }
}
