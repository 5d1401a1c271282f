package io.gtrace.app;

import io.gtrace.footprint.Quantity;
import io.gtrace.report.Figures;
import io.gtrace.simulation.study.StudyOutcome;
import io.gtrace.simulation.study.StudyTotals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * What is told of a run beside others: one that was just made, or one that lies in a folder.
 *
 * @param name the study, or the folder
 */
record StudyResult(String name, String study, StudyTotals totals) {
  private static final String FILE = "outcome.json";

  static StudyResult of(StudyOutcome outcome) {
    String study = outcome.study().id();
    return new StudyResult(study, study, StudyTotals.of(outcome));
  }

  /** Whether a run was written there. */
  static boolean isIn(Path folder) {
    return Files.isRegularFile(folder.resolve(FILE));
  }

  /**
   * Runs found.
   *
   * @param refused those that cannot be read, each with the reason
   */
  record Listed(List<StudyResult> results, List<String> refused) {}

  /**
   * The runs in the folders of a folder, by name.
   *
   * @throws IllegalArgumentException if there is no such folder
   */
  static Listed allIn(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("--in: there is no folder " + folder);
    }
    List<StudyResult> found = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    try (Stream<Path> inside = Files.list(folder)) {
      Stream.concat(Stream.of(folder), inside.sorted())
          .filter(StudyResult::isIn)
          .forEach(each -> {
            try {
              found.add(read(each));
            } catch (IllegalArgumentException notAResult) {
              refused.add(String.valueOf(notAResult.getMessage()));
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be listed", e);
    }
    return new Listed(List.copyOf(found), List.copyOf(refused));
  }

  /**
   * @throws IllegalArgumentException if the result cannot be read
   */
  static StudyResult read(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      JsonNode json = new ObjectMapper().readTree(Files.readString(file));
      JsonNode counted = json.path("counted").path("footprint");
      return new StudyResult(
          folder.toString(),
          json.path("study").stringValue(),
          new StudyTotals(
              json.path("scale").doubleValue(),
              json.path("runs").intValue(),
              json.path("hours").intValue(),
              quantity(json.path("adopters")),
              quantity(json.path("outputs")),
              quantity(counted.path("energyKwh")),
              quantity(counted.path("carbonKg")),
              quantity(counted.path("waterL"))));
    } catch (JacksonException broken) {
      throw new IllegalArgumentException(
          file + ": is not the result of a study, or is damaged; run the study again", broken);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  private static Quantity quantity(JsonNode json) {
    return new Quantity(
        json.path("median").doubleValue(),
        json.path("low").doubleValue(),
        json.path("high").doubleValue());
  }

  /** How runs are told apart. */
  static List<TextTable.Column<StudyResult>> settings() {
    return List.of(
        TextTable.Column.of("study", "study", StudyResult::study),
        TextTable.Column.of("run", "run", StudyResult::name),
        TextTable.Column.of("scale", "scale", each -> plain(each.totals().scale())),
        TextTable.Column.of("runs", "runs", each -> each.totals().runs()),
        TextTable.Column.of("hours", "hours", each -> each.totals().hours()));
  }

  /** Without powers of ten, which people read badly. */
  private static String plain(double scale) {
    return BigDecimal.valueOf(scale).stripTrailingZeros().toPlainString();
  }

  static List<TextTable.Column<StudyResult>> figures(boolean forPeople) {
    return forPeople ? forPeople() : forFiles();
  }

  private static List<TextTable.Column<StudyResult>> forPeople() {
    return List.of(
        TextTable.Column.forPeople("took part", each -> Figures.amount(each.totals().adopters())),
        TextTable.Column.forPeople("outputs", each -> Figures.amount(each.totals().outputs())),
        TextTable.Column.forPeople("energy", each -> Figures.energy(each.totals().energyKwh())),
        TextTable.Column.forPeople("carbon", each -> Figures.carbon(each.totals().carbonKg())),
        TextTable.Column.forPeople("water", each -> Figures.water(each.totals().waterL())));
  }

  private static List<TextTable.Column<StudyResult>> forFiles() {
    return List.of(
        TextTable.Column.forFiles("adopters", each -> each.totals().adopters().median()),
        TextTable.Column.forFiles("outputs", each -> each.totals().outputs().median()),
        TextTable.Column.forFiles("energy_kwh", each -> each.totals().energyKwh().median()),
        TextTable.Column.forFiles("energy_kwh_low", each -> each.totals().energyKwh().low()),
        TextTable.Column.forFiles("energy_kwh_high", each -> each.totals().energyKwh().high()),
        TextTable.Column.forFiles("carbon_kg", each -> each.totals().carbonKg().median()),
        TextTable.Column.forFiles("carbon_kg_low", each -> each.totals().carbonKg().low()),
        TextTable.Column.forFiles("carbon_kg_high", each -> each.totals().carbonKg().high()),
        TextTable.Column.forFiles("water_l", each -> each.totals().waterL().median()));
  }
}
