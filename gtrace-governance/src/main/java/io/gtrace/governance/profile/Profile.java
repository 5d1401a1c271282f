package io.gtrace.governance.profile;

import io.gtrace.simulation.document.Document;
import io.gtrace.simulation.document.DocumentException;
import io.gtrace.simulation.document.DocumentSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * An organisation, as its profile describes it.
 *
 * @param document as it was written, for messages that name a line
 * @param folder that it lies in, as it was named: empty for the folder of the process
 * @param evidence folder of its evidence
 * @param annualBudgetKg carbon budget of a year, kgCO2e
 * @param thresholds other thresholds than usual, by indicator, one for each criterion
 * @param notApplicable reasons by indicator
 * @param standards disclosures that apply
 * @param assurers third parties whose signatures count
 * @param disclosure what it says for disclosures, by standard and field
 */
public record Profile(
    Document document,
    Path folder,
    String organisation,
    Path evidence,
    OptionalDouble annualBudgetKg,
    Optional<Baseline> baseline,
    Optional<Target> target,
    Map<String, List<Double>> thresholds,
    Map<String, String> notApplicable,
    List<String> standards,
    List<Assurer> assurers,
    Map<String, Map<String, String>> disclosure) {
  private static final String SCHEMA = "profile.schema.json";

  /** Disclosures that whoever runs a language model can be asked for. */
  private static final List<String> USUAL_STANDARDS = List.of("ghg", "sci", "sci-ai");

  /** Linear reduction each year of a path to 1.5 °C (SBTi, cross-sector), a share of the base. */
  public static final double USUAL_REDUCTION = 0.042;

  /**
   * A frozen period.
   *
   * @param period its name, as {@code 2025-Q1}
   * @param frozenOn since when it has not changed
   */
  public record Baseline(String period, LocalDate frozenOn) {}

  /**
   * An absolute path.
   *
   * @param baseCarbonKg of the base year; empty to take the ledger's
   * @param yearlyReduction share of the base that each year takes off
   */
  public record Target(int baseYear, OptionalDouble baseCarbonKg, double yearlyReduction) {}

  public Profile {
    thresholds = Collections.unmodifiableMap(new LinkedHashMap<>(thresholds));
    notApplicable = Collections.unmodifiableMap(new LinkedHashMap<>(notApplicable));
    standards = List.copyOf(standards);
    assurers = List.copyOf(assurers);
    disclosure = Collections.unmodifiableMap(new LinkedHashMap<>(disclosure));
  }

  /**
   * Reads a profile.
   *
   * @throws DocumentException if it cannot be used; the message says what, in which line
   */
  public static Profile read(Path file) {
    Document document = Document.read(file.toString(), Document.text(file, "profile"));
    DocumentSchema.of(schema()).check(document);
    Path parent = file.getParent();
    Path folder = parent == null ? Path.of("") : parent;
    JsonNode root = document.root();
    return new Profile(
        document,
        folder,
        root.get("organisation").stringValue(),
        folder.resolve(root.path("evidence").asString("evidence")),
        number(root.path("annual_budget_kg")),
        baseline(document),
        target(root.path("target")),
        thresholds(root.path("thresholds")),
        texts(root.path("not_applicable")),
        standards(root.path("standards")),
        assurers(document),
        disclosure(root.path("disclosure")));
  }

  /** The JSON Schema of profiles. */
  public static String schema() {
    try (InputStream in = Profile.class.getResourceAsStream(SCHEMA)) {
      if (in == null) {
        throw new IllegalStateException(SCHEMA + " is missing from the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(SCHEMA + " cannot be read", e);
    }
  }

  /** What is wrong with a field, to be thrown. */
  public DocumentException fault(String pointer, String what) {
    return document.fault(pointer, what);
  }

  private static OptionalDouble number(JsonNode field) {
    return field.isNumber() ? OptionalDouble.of(field.doubleValue()) : OptionalDouble.empty();
  }

  private static Optional<Baseline> baseline(Document document) {
    JsonNode baseline = document.root().path("baseline");
    if (baseline.isMissingNode()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Baseline(
              baseline.get("period").asString(),
              LocalDate.parse(baseline.get("frozen_on").stringValue())));
    } catch (DateTimeParseException noDay) {
      throw document.fault("/baseline/frozen_on", "is no day such as 2025-03-31");
    }
  }

  private static Optional<Target> target(JsonNode target) {
    return target.isMissingNode()
        ? Optional.empty()
        : Optional.of(
            new Target(
                target.get("base_year").intValue(),
                number(target.path("base_carbon_kg")),
                target.path("yearly_reduction").asDouble(USUAL_REDUCTION)));
  }

  private static Map<String, List<Double>> thresholds(JsonNode thresholds) {
    Map<String, List<Double>> read = new LinkedHashMap<>();
    thresholds
        .properties()
        .forEach(field ->
            read.put(
                field.getKey(),
                field.getValue().isArray()
                    ? StreamSupport.stream(field.getValue().spliterator(), false)
                        .map(JsonNode::doubleValue)
                        .toList()
                    : List.of(field.getValue().doubleValue())));
    return read;
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> read = new LinkedHashMap<>();
    object.properties().forEach(field -> read.put(field.getKey(), field.getValue().asString()));
    return read;
  }

  private static List<String> standards(JsonNode standards) {
    return standards.isMissingNode()
        ? USUAL_STANDARDS
        : StreamSupport.stream(standards.spliterator(), false).map(JsonNode::stringValue).toList();
  }

  private static List<Assurer> assurers(Document document) {
    String organisation = document.root().get("organisation").stringValue().strip();
    List<Assurer> assurers = new ArrayList<>();
    texts(document.root().path("assurers"))
        .forEach((name, key) -> {
          String pointer = "/assurers/" + name.replace("~", "~0").replace("/", "~1");
          if (name.strip().equalsIgnoreCase(organisation)) {
            throw document.fault(pointer, "is the organisation itself, which cannot assure itself");
          }
          try {
            assurers.add(Assurer.of(name, key));
          } catch (IllegalArgumentException noKey) {
            throw document.fault(pointer, String.valueOf(noKey.getMessage()));
          }
        });
    return assurers;
  }

  private static Map<String, Map<String, String>> disclosure(JsonNode disclosure) {
    Map<String, Map<String, String>> read = new LinkedHashMap<>();
    disclosure
        .properties()
        .forEach(standard -> read.put(standard.getKey(), texts(standard.getValue())));
    return read;
  }
}
