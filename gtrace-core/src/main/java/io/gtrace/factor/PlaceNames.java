package io.gtrace.factor;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/**
 * What people and clouds call places: cities, countries, states and continents, alone or inside the
 * code of a region ({@code europe-west9}, {@code francecentral}, {@code eu-frankfurt-1}).
 */
final class PlaceNames {
  private static final int NEAREST = 3;

  /** Longer ones are no names; what would be read of them is cut. */
  private static final int LONGEST_NAME = 100;

  /** Shorter names are parts of too many words to be looked for inside one. */
  private static final int SHORTEST_INSIDE_A_WORD = 4;

  /** The cloud that a name gives before its region tells which of equally near ones is meant. */
  private static final double SAME_CLOUD = 0.01;

  private static final Pattern DIACRITICS = Pattern.compile("\\p{M}+");
  private static final Pattern NOT_LETTERS = Pattern.compile("[^\\p{L}]+");
  private static final Pattern DIRECTION = Pattern.compile("north|south|east|west|central|gov");

  /** Parts of the world that clouds begin the codes of their regions with. */
  private static final Map<String, String> PARTS_OF_THE_WORLD =
      Map.ofEntries(
          Map.entry("eu", "EUROPE"),
          Map.entry("europe", "EUROPE"),
          Map.entry("emea", "EUROPE"),
          Map.entry("ap", "ASIA"),
          Map.entry("apac", "ASIA"),
          Map.entry("asia", "ASIA"),
          Map.entry("asiapacific", "ASIA"),
          Map.entry("me", "ASIA"),
          Map.entry("middleeast", "ASIA"),
          Map.entry("na", "NORTH-AMERICA"),
          Map.entry("northamerica", "NORTH-AMERICA"),
          Map.entry("sa", "SOUTH-AMERICA"),
          Map.entry("southamerica", "SOUTH-AMERICA"),
          Map.entry("latam", "SOUTH-AMERICA"),
          Map.entry("af", "AFRICA"),
          Map.entry("africa", "AFRICA"),
          Map.entry("oceania", "OCEANIA"));

  /** Codes that are a part of the world and a country: the country, unless it is a region code. */
  private static final Set<String> COUNTRIES_TOO = Set.of("me", "na", "sa", "af");

  private final RowIndex<GridZone> zones;
  private final List<CloudRegion> regions;
  private final Remembered<String, List<String>> nearest = new Remembered<>(this::findNearest);

  PlaceNames(RowIndex<GridZone> zones, List<CloudRegion> regions) {
    this.zones = zones;
    this.regions = regions;
  }

  /** At most three places with a name, city or country most like that one. */
  List<String> nearest(String name) {
    return nearest.of(cut(name));
  }

  /**
   * The smallest zone in which an unknown place lies, as far as its name tells: that of a city in
   * it, of a country or state, of the part of the world that a region code begins with.
   */
  Optional<GridZone> zoneAround(String name) {
    List<String> words = words(plain(cut(name)));
    if (words.isEmpty()) {
      return Optional.empty();
    }
    return cityIn(words).or(() -> zoneNamedIn(words)).or(() -> zoneOfCode(words));
  }

  private Optional<GridZone> cityIn(List<String> words) {
    String spaced = spaced(words);
    return regions.stream()
        .filter(region -> spaced.contains(spaced(words(region.city()))))
        .max(Comparator.comparingInt(region -> region.city().length()))
        .flatMap(region -> zones.find(region.zone()));
  }

  /** The longest name of a zone that the words hold, in whole words or inside one. */
  private Optional<GridZone> zoneNamedIn(List<String> words) {
    String spaced = spaced(words);
    GridZone longest = null;
    int length = 0;
    for (GridZone zone : zones.all()) {
      if (zone.parent().isEmpty()) {
        continue;
      }
      for (String name : namesOf(zone)) {
        List<String> parts = words(name);
        String joined = String.join("", parts);
        boolean held =
            joined.length() >= SHORTEST_INSIDE_A_WORD
                && (spaced.contains(spaced(parts))
                    || words.stream().anyMatch(word -> word.contains(joined)));
        if (held && joined.length() > length) {
          longest = zone;
          length = joined.length();
        }
      }
    }
    return Optional.ofNullable(longest);
  }

  private Optional<GridZone> zoneOfCode(List<String> words) {
    String first = withoutDirections(words.get(0));
    String part = PARTS_OF_THE_WORLD.get(first);
    boolean regionCode =
        words.size() > 1
            ? DIRECTION.matcher(words.get(1)).lookingAt()
            : !words.get(0).equals(first);
    boolean isCountry = COUNTRIES_TOO.contains(first) && !regionCode;
    if (part == null || isCountry) {
      return zones.find(first);
    }
    if (words.size() > 1 && !regionCode) {
      Optional<GridZone> country =
          zones.find(words.get(1)).filter(zone -> zone.parent().equals(part));
      if (country.isPresent()) {
        return country;
      }
    }
    return zones.find(part);
  }

  private record Scored(String id, double score) {}

  private List<String> findNearest(String name) {
    String wanted = folded(plain(name));
    String cloud = name.contains("/") ? folded(name.substring(0, name.indexOf('/'))) : "";
    Stream<Scored> near =
        Stream.concat(
            regions.stream()
                .map(region ->
                    new Scored(
                        region.id(),
                        similarity(wanted, namesOf(region))
                            + (region.provider().equals(cloud) ? SAME_CLOUD : 0))),
            zones.all().stream()
                .map(zone -> new Scored(zone.id(), similarity(wanted, calledBy(zone)))));
    return near.sorted(Comparator.comparingDouble(Scored::score).reversed())
        .map(Scored::id)
        .limit(NEAREST)
        .toList();
  }

  private static double similarity(String wanted, List<String> names) {
    JaroWinklerSimilarity similarity = new JaroWinklerSimilarity();
    return names.stream()
        .mapToDouble(name -> similarity.apply(wanted, folded(name)))
        .max()
        .orElse(0);
  }

  private static List<String> namesOf(GridZone zone) {
    List<String> names = new ArrayList<>(zone.aliases());
    names.add(zone.id());
    names.add(zone.name());
    return names;
  }

  /** Its names, and for a continent the abbreviations by which clouds call it. */
  private static List<String> calledBy(GridZone zone) {
    List<String> names = namesOf(zone);
    PARTS_OF_THE_WORLD.forEach((part, id) -> {
      if (id.equals(zone.id()) && !COUNTRIES_TOO.contains(part)) {
        names.add(part);
      }
    });
    return names;
  }

  private static List<String> namesOf(CloudRegion region) {
    List<String> names = new ArrayList<>(region.aliases());
    names.add(region.region());
    names.add(region.name());
    names.add(region.city());
    return names;
  }

  private static String cut(String name) {
    return name.substring(0, Math.min(name.length(), LONGEST_NAME));
  }

  private static String plain(String name) {
    return name.substring(name.indexOf('/') + 1);
  }

  private static String withoutDirections(String word) {
    String rest = DIRECTION.matcher(word).replaceAll("");
    return rest.isEmpty() ? word : rest;
  }

  private static List<String> words(String name) {
    return Arrays.stream(NOT_LETTERS.split(folded(name))).filter(word -> !word.isEmpty()).toList();
  }

  private static String spaced(List<String> words) {
    return " " + String.join(" ", words) + " ";
  }

  /** In lower case and without accents. */
  private static String folded(String name) {
    String apart = Normalizer.normalize(name.strip().toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
    return DIACRITICS.matcher(apart).replaceAll("");
  }
}
