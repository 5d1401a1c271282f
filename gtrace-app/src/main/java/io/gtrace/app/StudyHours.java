package io.gtrace.app;

import io.gtrace.footprint.Quantity;
import io.gtrace.simulation.study.StudyOutcome;
import io.gtrace.simulation.study.StudyOutcome.Hour;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The hours of a study as a table. */
final class StudyHours {
  private StudyHours() {}

  static TextTable<Hour> table(StudyOutcome outcome) {
    List<TextTable.Column<Hour>> columns = new ArrayList<>();
    columns.add(TextTable.Column.forFiles("time", Hour::at));
    add(columns, "noticed", Hour::noticed);
    add(columns, "searched", Hour::searched);
    add(columns, "adopted", Hour::adopted);
    add(columns, "new_users", Hour::newUsers);
    add(columns, "active", Hour::active);
    add(columns, "outputs", Hour::outputs);
    add(columns, "refused", Hour::refused);
    add(columns, "energy_kwh", Hour::energyKwh);
    add(columns, "carbon_kg", Hour::carbonKg);
    add(columns, "water_l", Hour::waterL);
    return new TextTable<>(columns, outcome.series());
  }

  private static void add(
      List<TextTable.Column<Hour>> columns, String name, Function<Hour, Quantity> figure) {
    columns.add(TextTable.Column.forFiles(name, hour -> figure.apply(hour).median()));
    columns.add(TextTable.Column.forFiles(name + "_low", hour -> figure.apply(hour).low()));
    columns.add(TextTable.Column.forFiles(name + "_high", hour -> figure.apply(hour).high()));
  }
}
