package io.gtrace.simulation.study;

import io.gtrace.activity.Modality;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A study: what was written down, checked for its form. Immutable. */
public final class Study implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Longest run. */
  public static final int MOST_DAYS = 4_000;

  private static final int HOURS_OF_DAY = 24;
  private static final double USUAL_SCALE = 0.01;

  private final transient StudyTree tree;
  private final transient OptionalDouble days;

  /**
   * A published figure to stand beside the result.
   *
   * @param energyMwh where published
   * @param carbonT where published
   */
  public record Reference(
      String id, OptionalDouble energyMwh, OptionalDouble carbonT, String source) {}

  /**
   * The same world with something changed.
   *
   * @param id short name
   * @param title for people
   * @param moves where it moves people to; empty if it does something else
   * @param study the study with the change
   */
  public record Scenario(String id, String title, Optional<Move> moves, Study study) {}

  /**
   * A share of the people that moves to devices of their own. Scenarios that move people to the
   * same make a curve.
   *
   * @param to the devices, for people
   * @param share of the people, 0 to 1
   */
  public record Move(String to, double share) {}

  private Study(StudyTree tree, OptionalDouble days) {
    this.tree = tree;
    this.days = days;
  }

  /**
   * A study on its way to another process: as it was read, so that no file is needed there.
   *
   * @param days 0 if the study says itself
   */
  private record Written(String json, TreeMap<String, String> places, double days)
      implements Serializable {
    private Object readResolve() {
      JsonNode root = JsonMapper.shared().readTree(json);
      return new Study(
          new StudyTree(root, places), days > 0 ? OptionalDouble.of(days) : OptionalDouble.empty());
    }
  }

  private Object writeReplace() {
    return new Written(tree.root().toString(), new TreeMap<>(tree.places()), days.orElse(0));
  }

  /**
   * Reads a study.
   *
   * @param nameOrFile the name of one that ships, or a YAML file
   * @throws StudyException if it cannot be used; the message says why, where, and what to do
   */
  public static Study read(String nameOrFile) {
    return new Study(StudyReader.read(nameOrFile), OptionalDouble.empty());
  }

  /**
   * Reads a study that somebody handed over as a text: it can extend what ships, and no file.
   *
   * @param name what messages call it
   * @throws StudyException if it cannot be used; the message says why, where, and what to do
   */
  public static Study parse(String name, String yaml) {
    return new Study(StudyReader.parse(name, yaml), OptionalDouble.empty());
  }

  /** The names of the studies that ship. */
  public static List<String> shipped() {
    return StudyReader.SHIPPED;
  }

  /** The JSON Schema (2020-12) that studies are held to. */
  public static String schema() {
    return StudyReader.schema();
  }

  /** The same for another number of days, above 0. */
  public Study forDays(double newDays) {
    return new Study(tree, OptionalDouble.of(newDays));
  }

  public String id() {
    return tree.at("/study").stringValue();
  }

  public String title() {
    return tree.at("/title").stringValue();
  }

  /** What the study is about; empty if it does not say. */
  public String story() {
    return tree.at("/story").stringValue("");
  }

  /** Begin of the first hour. */
  public Instant start() {
    return moment("/start");
  }

  /** Length of the run, at least one hour. */
  public int hours() {
    double length = days.orElse(tree.at("/days").doubleValue()) * HOURS_OF_DAY;
    return (int) Math.max(1, Math.round(length));
  }

  /** People to be simulated for one of the study, where nobody says otherwise. */
  public double scale() {
    return tree.at("/scale").doubleValue(USUAL_SCALE);
  }

  /** What the study rests on. */
  public List<String> sources() {
    List<String> sources = new ArrayList<>();
    tree.at("/sources").forEach(source -> sources.add(source.stringValue()));
    return List.copyOf(sources);
  }

  public List<Reference> references() {
    List<Reference> references = new ArrayList<>();
    for (JsonNode reference : tree.at("/references")) {
      references.add(
          new Reference(
              reference.path("id").stringValue(),
              optional(reference.path("energy-mwh")),
              optional(reference.path("carbon-t")),
              reference.path("source").stringValue()));
    }
    return List.copyOf(references);
  }

  private static OptionalDouble optional(JsonNode number) {
    return number.isNumber() ? OptionalDouble.of(number.doubleValue()) : OptionalDouble.empty();
  }

  /** Whether people look the wave up, and meet it by what others look up. */
  public boolean hasSearch() {
    return tree.has("/search");
  }

  /** Whether the study says what it took to train the model. */
  public boolean hasTraining() {
    return tree.has("/training");
  }

  /** How many scenarios there are. */
  public int scenarioCount() {
    return tree.at("/scenarios").size();
  }

  /** What is to be compared with the study as it stands. */
  public List<Scenario> scenarios() {
    List<Scenario> scenarios = new ArrayList<>();
    JsonNode written = tree.at("/scenarios");
    for (int i = 0; i < written.size(); i++) {
      Study changed = new Study(StudyReader.changed(tree, "/scenarios/" + i + "/set"), days);
      scenarios.add(
          new Scenario(
              written.get(i).path("id").stringValue(),
              written.get(i).path("title").stringValue(),
              move(written.get(i).path("moves")),
              changed));
    }
    return List.copyOf(scenarios);
  }

  private static Optional<Move> move(JsonNode moves) {
    return moves.isMissingNode()
        ? Optional.empty()
        : Optional.of(new Move(moves.path("to").stringValue(), moves.path("share").doubleValue()));
  }

  /** Whether devices are to be set beside services, country by country. */
  boolean asksWhoShouldRunWhere() {
    return tree.has("/use") && tree.at("/who-should-run-where").booleanValue(false);
  }

  /** What the outputs are; empty if they are of several kinds, or none are made. */
  public Optional<Modality> modality() {
    JsonNode outputs = tree.at("/use/outputs");
    for (Modality modality : Modality.values()) {
      if (!outputs.isEmpty() && outputs.valueStream().allMatch(of -> of.has(modality.label()))) {
        return Optional.of(modality);
      }
    }
    return Optional.empty();
  }

  /** What the study is not sure of, in the order in which it stands there. */
  public List<UncertainInput> uncertainInputs() {
    StudyNumbers numbers = new StudyNumbers(tree, StudyNumbers.State.MEDIANS);
    return numbers.uncertain().stream()
        .map(each ->
            new UncertainInput(
                each.pointer(),
                tree.nameOf(each.pointer()),
                each.scatter().low(),
                each.scatter().median(),
                each.scatter().high(),
                each.source()))
        .toList();
  }

  StudyTree tree() {
    return tree;
  }

  /** The hour of the run in which a moment of the study falls; negative before its start. */
  int hourOf(String pointer) {
    long seconds = moment(pointer).getEpochSecond() - start().getEpochSecond();
    return Math.toIntExact(Math.floorDiv(seconds, 3_600L));
  }

  private Instant moment(String pointer) {
    String text = tree.at(pointer).stringValue();
    try {
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException wrong) {
      throw tree.fault(
          pointer, "'" + text + "' is no date such as 2025-03-25 or 2025-03-25T18:00:00Z");
    }
  }

  /** A word of the study; as given where it is not there. */
  Optional<String> text(String pointer) {
    return Optional.ofNullable(tree.at(pointer).stringValue(null));
  }
}
