package io.gtrace.simulation.people;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The countries of the world, from the CSV files beside this class; each row has its source. */
public final class World {
  private static final int HOURS_OF_DAY = 24;

  private final Map<String, Country> countries;
  private final double[] activityByLocalHour;

  private World(Map<String, Country> countries, double[] activityByLocalHour) {
    this.countries = countries;
    this.activityByLocalHour = activityByLocalHour;
  }

  /** The facts that ship. */
  public static World shipped() {
    Map<String, List<Country.Zone>> zones = new HashMap<>();
    for (NamedCsvRecord row : rows("time_zones.csv")) {
      zones
          .computeIfAbsent(row.getField("country"), country -> new ArrayList<>())
          .add(new Country.Zone(ZoneId.of(row.getField("zone")), number(row, "share")));
    }
    Map<String, Map<String, Double>> ownership = new HashMap<>();
    for (NamedCsvRecord row : rows("device_ownership.csv")) {
      ownership
          .computeIfAbsent(row.getField("scope"), scope -> new HashMap<>())
          .put(row.getField("device"), number(row, "share"));
    }
    Map<String, String> groups = new HashMap<>();
    for (NamedCsvRecord row : rows("income_groups.csv")) {
      groups.put(row.getField("country"), row.getField("income_group"));
    }
    Map<String, Double> assistants = new HashMap<>();
    for (NamedCsvRecord row : rows("service_users.csv")) {
      assistants.put(row.getField("country"), number(row, "share"));
    }
    Map<String, Country> countries = new LinkedHashMap<>();
    for (NamedCsvRecord row : rows("countries.csv")) {
      String id = row.getField("country");
      Map<String, Double> ofGroup = ownership.getOrDefault(groups.getOrDefault(id, ""), Map.of());
      countries.put(
          id,
          new Country(
              id,
              row.getField("name"),
              Math.round(number(row, "population") * number(row, "internet_share")),
              assistants.getOrDefault(id, 0.0),
              zones.getOrDefault(id, List.of(new Country.Zone(ZoneId.of("UTC"), 1))),
              ownership.getOrDefault(id, ofGroup)));
    }
    double[] activity = new double[HOURS_OF_DAY];
    for (NamedCsvRecord row : rows("activity_profile.csv")) {
      activity[Integer.parseInt(row.getField("hour"))] = number(row, "weight");
    }
    return new World(countries, activity);
  }

  private static List<NamedCsvRecord> rows(String file) {
    try (InputStream in = World.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing from the build");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return CsvReader.builder().ofNamedCsvRecord(text).stream().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  private static double number(NamedCsvRecord row, String field) {
    return Double.parseDouble(row.getField(field));
  }

  /** All countries, in the order of their ids. */
  public List<Country> countries() {
    return List.copyOf(countries.values());
  }

  public Optional<Country> find(String id) {
    return Optional.ofNullable(countries.get(id));
  }

  /**
   * When the people of a country are active: by the clocks on their walls, summer time included.
   * Activity of each hour over the mean of a day; 1 where the country is in no time zone.
   *
   * @param start begin of the run
   * @param hours its length
   */
  double[] activity(Country country, Instant start, int hours) {
    double[] activity = new double[hours];
    if (country.timeZones().isEmpty()) {
      Arrays.fill(activity, 1);
    }
    for (Country.Zone zone : country.timeZones()) {
      for (int hour = 0; hour < hours; hour++) {
        int local = start.plus(hour, ChronoUnit.HOURS).atZone(zone.id()).getHour();
        activity[hour] += zone.share() * activityByLocalHour[local];
      }
    }
    return activity;
  }
}
