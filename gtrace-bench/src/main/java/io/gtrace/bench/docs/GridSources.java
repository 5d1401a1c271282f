package io.gtrace.bench.docs;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who published the figures of electricity. */
final class GridSources {
  private GridSources() {}

  private record Source(String quantity, String name) {}

  private record Years(int first, int last) {
    Years with(int year) {
      return new Years(Math.min(first, year), Math.max(last, year));
    }

    @Override
    public String toString() {
      return first == last ? Integer.toString(first) : first + " to " + last;
    }
  }

  static String table() throws IOException {
    Map<Source, Years> years = new LinkedHashMap<>();
    collect(years, "grid_intensities.csv", "");
    collect(years, "grid_hourly_profiles.csv", "hour of the day by month");
    collect(years, "grid_impacts.csv", "water of electricity");
    List<Source> sources = new ArrayList<>(years.keySet());
    sources.sort(Comparator.comparing(Source::quantity).thenComparing(Source::name));
    MarkdownTable table = new MarkdownTable("figure", "source", "years of the figures");
    sources.forEach(
        source -> table.row(source.quantity(), source.name(), String.valueOf(years.get(source))));
    return table.toString();
  }

  private static void collect(Map<Source, Years> years, String file, String quantity)
      throws IOException {
    for (NamedCsvRecord row : FactorRows.of(file)) {
      Source source =
          new Source(
              quantity.isEmpty() ? row.getField("quantity") : quantity, row.getField("source"));
      int year = Integer.parseInt(row.getField("year"));
      years.merge(source, new Years(year, year), (known, added) -> known.with(year));
    }
  }
}
