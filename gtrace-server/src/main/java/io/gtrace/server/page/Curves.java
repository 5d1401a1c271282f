package io.gtrace.server.page;

import io.gtrace.footprint.Quantity;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.report.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;

/**
 * Amounts over time with their intervals, step by step.
 *
 * @param starts of the steps
 */
record Curves(Measure measure, Step step, List<Instant> starts, List<Curve> curves) {
  Curves {
    starts = List.copyOf(starts);
    curves = List.copyOf(curves);
  }

  /** One amount over time. */
  record Curve(String name, Map<Instant, Quantity> amounts) {}

  /** A curve of lines whose first key is a step; of those that have no time there is none. */
  static Curve curve(String name, Measure measure, Step step, Stream<QueryLine> lines) {
    List<QueryLine> points = lines.filter(line -> !line.keys().get(0).isEmpty()).toList();
    List<Quantity> found = measure.of(points.stream().map(QueryLine::footprint).toList());
    Map<Instant, Quantity> amounts = new HashMap<>();
    for (int i = 0; i < found.size(); i++) {
      amounts.put(step.start(points.get(i).keys().get(0)), found.get(i));
    }
    return new Curve(name, amounts);
  }

  /** Curves over all steps that any of them has. */
  static Curves of(Measure measure, Step step, List<Curve> curves) {
    TreeSet<Instant> all = new TreeSet<>();
    curves.forEach(curve -> all.addAll(curve.amounts().keySet()));
    return new Curves(
        measure, step, all.isEmpty() ? List.of() : step.from(all.first(), all.last()), curves);
  }

  /** Each curve from its own first step on, so that two times can be set beside each other. */
  static Curves aligned(Measure measure, Step step, List<Curve> curves) {
    List<Curve> moved = new ArrayList<>();
    List<Instant> starts = List.of();
    for (Curve curve : curves) {
      TreeSet<Instant> own = new TreeSet<>(curve.amounts().keySet());
      List<Instant> steps = own.isEmpty() ? List.<Instant>of() : step.from(own.first(), own.last());
      if (starts.isEmpty()) {
        starts = steps;
      }
      while (starts.size() < steps.size() && !starts.isEmpty()) {
        starts = new ArrayList<>(starts);
        starts.add(step.next(starts.get(starts.size() - 1)));
      }
      Map<Instant, Quantity> amounts = new HashMap<>();
      for (int i = 0; i < steps.size(); i++) {
        Quantity amount = curve.amounts().get(steps.get(i));
        if (amount != null) {
          amounts.put(starts.get(i), amount);
        }
      }
      moved.add(new Curve(curve.name(), amounts));
    }
    return new Curves(measure, step, starts, moved);
  }

  boolean isEmpty() {
    return starts.isEmpty();
  }

  Unit unit() {
    double largest =
        curves.stream()
            .flatMap(curve -> curve.amounts().values().stream())
            .mapToDouble(Quantity::median)
            .max()
            .orElse(0);
    return Unit.of(measure.impact(), largest);
  }

  /** Writes them as a property. */
  void write(JsonGenerator json, String property) {
    double size = unit().size();
    json.writeObjectPropertyStart(property);
    json.writeStringProperty("unit", unit().symbol());
    json.writeArrayPropertyStart("names");
    starts.forEach(start -> json.writeString(step.inWords(start)));
    json.writeEndArray();
    json.writeArrayPropertyStart("from");
    starts.forEach(start -> json.writeString(start.toString()));
    json.writeEndArray();
    json.writeArrayPropertyStart("to");
    starts.forEach(start -> json.writeString(step.next(start).toString()));
    json.writeEndArray();
    json.writeArrayPropertyStart("lines");
    for (Curve curve : curves) {
      json.writeStartObject();
      json.writeStringProperty("name", curve.name());
      write(json, "median", curve, amount -> amount.median() / size);
      write(json, "low", curve, amount -> amount.low() / size);
      write(json, "high", curve, amount -> amount.high() / size);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void write(
      JsonGenerator json, String property, Curve curve, ToDoubleFunction<Quantity> part) {
    json.writeArrayPropertyStart(property);
    for (Instant start : starts) {
      Quantity amount = curve.amounts().getOrDefault(start, Quantity.ZERO);
      // Enough for a picture, and a page half as long.
      json.writeNumber((double) (float) part.applyAsDouble(amount));
    }
    json.writeEndArray();
  }
}
