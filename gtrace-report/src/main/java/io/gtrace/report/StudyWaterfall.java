package io.gtrace.report;

import io.gtrace.footprint.Impact;
import io.gtrace.simulation.study.StudyOutcome;
import io.gtrace.simulation.study.StudyOutcome.Group;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** How the carbon adds up: electricity venue by venue, hardware, less what does not count. */
final class StudyWaterfall implements StudySection {
  private static final int VENUES_SHOWN = 8;

  private final StudyOutcome outcome;
  private final StudyWords words;
  private final Unit unit;
  private final List<Step> steps;

  /** What a step does. */
  private enum Role {
    PART,
    TOTAL,
    LESS
  }

  /** A floating bar, kg. */
  private record Step(String name, Role role, double fromKg, double toKg) {}

  StudyWaterfall(StudyOutcome outcome) {
    this.outcome = outcome;
    words = StudyWords.of(outcome.study());
    unit = Unit.of(Impact.CARBON_KG, outcome.figures().footprint().median(Impact.CARBON_KG));
    steps = steps();
  }

  private List<Step> steps() {
    double total = outcome.figures().footprint().median(Impact.CARBON_KG);
    double ofVenues =
        outcome.venues().stream().mapToDouble(of -> of.footprint().median(Impact.CARBON_KG)).sum();
    // Medians of the runs of an ensemble do not add up to the median of their sums: parts are drawn
    // in proportion.
    double fit = ofVenues > 0 ? total / ofVenues : 0;
    List<Group> byCarbon = new ArrayList<>(outcome.venues());
    byCarbon.removeIf(venue -> venue.footprint().median(Impact.CARBON_KG) == 0);
    byCarbon.sort(Comparator.comparingDouble(venue -> -operational(venue)));
    List<Step> found = new ArrayList<>();
    double at = 0;
    int shown = byCarbon.size() <= VENUES_SHOWN ? byCarbon.size() : VENUES_SHOWN - 1;
    List<String> names = StudyWords.shortNames(byCarbon);
    for (int v = 0; v < shown; v++) {
      at = add(found, names.get(v), at, fit * operational(byCarbon.get(v)));
    }
    List<Group> others = byCarbon.subList(shown, byCarbon.size());
    if (!others.isEmpty()) {
      double rest = others.stream().mapToDouble(StudyWaterfall::operational).sum();
      at = add(found, "others (" + others.size() + ")", at, fit * rest);
    }
    add(found, "hardware", at, total - at);
    found.add(new Step("all " + words.many(), Role.TOTAL, 0, total));
    if (StudyPage.isPart(outcome.figures())) {
      double counted = outcome.figures().counted().median(Impact.CARBON_KG);
      found.add(new Step("not counted", Role.LESS, total, counted));
      found.add(new Step("counted", Role.TOTAL, 0, counted));
    }
    return List.copyOf(found);
  }

  private static double add(List<Step> steps, String name, double from, double kg) {
    steps.add(new Step(name, Role.PART, from, from + kg));
    return from + kg;
  }

  private static double operational(Group venue) {
    return venue.footprint().median(Impact.OPERATIONAL_LOCATION_BASED_KG);
  }

  @Override
  public Content content() {
    double total = outcome.figures().footprint().median(Impact.CARBON_KG);
    double embodied = outcome.figures().footprint().median(Impact.EMBODIED_KG);
    String text =
        "Carbon is the electricity of each place, times the carbon of its grid, plus a share of"
            + " making the hardware ("
            + Figures.percent(total > 0 ? embodied / total : 0)
            + " % of all)."
            + (StudyPage.isPart(outcome.figures())
                ? " What does not belong to this study comes off in the end."
                : "");
    return new Content(
        "waterfall",
        "How the carbon adds up",
        List.of(text),
        List.of(
            new Picture(
                "waterfall",
                "Carbon, " + unit.symbol() + ", medians; electricity by place, then the hardware",
                "A waterfall of carbon: electricity of "
                    + outcome.venues().size()
                    + " places and the making of hardware add up to "
                    + Figures.carbon(outcome.figures().footprint().carbonKg())
                    + ". The tables of places hold the figures.")),
        List.of());
  }

  @Override
  public void write(JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("id", "waterfall");
    json.writeStringProperty("kind", "waterfall");
    json.writeStringProperty("unit", unit.symbol());
    json.writeArrayPropertyStart("steps");
    for (Step step : steps) {
      json.writeStartObject();
      json.writeStringProperty("name", step.name());
      json.writeStringProperty("role", step.role().name().toLowerCase(Locale.ROOT));
      json.writeNumberProperty("from", StudyWords.drawn(step.fromKg() / unit.size()));
      json.writeNumberProperty("to", StudyWords.drawn(step.toKg() / unit.size()));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
