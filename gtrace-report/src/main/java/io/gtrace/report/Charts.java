package io.gtrace.report;

import io.gtrace.factor.Position;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.ledger.Account;
import io.gtrace.ledger.Account.Line;
import io.gtrace.ledger.Account.Place;
import io.gtrace.ledger.Dimension;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import tools.jackson.core.JsonGenerator;

/** The data behind the pictures of a page. */
public final class Charts {
  private static final int TIMES_DRAWN = 400;
  private static final int MOST_COLUMNS = 12;

  /** How a chart is drawn; the page's script knows one function for each. */
  public enum Kind {
    BARS,
    COLUMNS,
    BAND,
    MAP
  }

  /**
   * One chart, of carbon as a rule.
   *
   * @param id unique in the page
   * @param caption what it shows
   * @param unit the unit of its figures
   * @param bars its parts
   */
  public record Chart(String id, Kind kind, String caption, Unit unit, List<Bar> bars) {
    public Chart {
      bars = List.copyOf(bars);
    }

    /** What it shows, for those who do not see it. */
    public String alternative() {
      if (bars.isEmpty()) {
        return caption + ". There is nothing to show.";
      }
      Bar largest = bars.get(0);
      for (Bar bar : bars) {
        largest = bar.figure().median() > largest.figure().median() ? bar : largest;
      }
      return caption
          + ". Largest of "
          + bars.size()
          + ": "
          + largest.name()
          + " with "
          + Figures.in(unit, largest.figure())
          + ". The table below holds the figures.";
    }
  }

  /**
   * One bar, one point in time or one circle on the map.
   *
   * @param figure kgCO2e, or whatever the unit of the chart counts in
   */
  public record Bar(String name, Quantity figure, Optional<Position> position) {}

  private Charts() {}

  /** The charts of one dimension, whose lines come folded. */
  static List<Chart> of(Dimension dimension, List<Line> lines, Account account) {
    return switch (dimension) {
      case HOUR -> overTime(account).stream().toList();
      case SITE -> {
        List<Chart> charts = new ArrayList<>(map(account).stream().toList());
        bars(dimension, lines).ifPresent(charts::add);
        yield charts;
      }
      default -> bars(dimension, lines).stream().toList();
    };
  }

  private static Optional<Chart> bars(Dimension dimension, List<Line> lines) {
    List<Bar> bars =
        lines.stream()
            .map(line -> new Bar(LineTable.named(line), carbon(line), Optional.empty()))
            .toList();
    String caption =
        "Carbon by "
            + Words.keyName(dimension).toLowerCase(Locale.ROOT)
            + "; whiskers: 90 % interval";
    return bars.size() < 2
        ? Optional.empty()
        : Optional.of(chart(dimension.label(), Kind.BARS, caption, bars));
  }

  private static Optional<Chart> overTime(Account account) {
    Timeline timeline = new Timeline(account.by(Dimension.HOUR));
    if (timeline.isEmpty()) {
      return Optional.empty();
    }
    Timeline.Step step = timeline.stepFor(TIMES_DRAWN);
    List<Bar> bars =
        timeline.points(step).stream()
            .map(point ->
                new Bar(
                    point.label(),
                    point.line().map(Charts::carbon).orElse(Quantity.ZERO),
                    Optional.empty()))
            .toList();
    // A line between a few sums would show a rise or fall that nobody has seen.
    Kind kind = bars.size() > MOST_COLUMNS ? Kind.BAND : Kind.COLUMNS;
    String caption =
        "Carbon per "
            + step.word()
            + " (UTC); "
            + (kind == Kind.BAND ? "band" : "whiskers")
            + ": 90 % interval"
            + after(Timeline.edges(account, step).inWords());
    return bars.size() < 2 ? Optional.empty() : Optional.of(chart("hour", kind, caption, bars));
  }

  private static String after(String sentence) {
    return sentence.isEmpty() ? "" : "." + sentence;
  }

  private static Optional<Chart> map(Account account) {
    List<Bar> circles = new ArrayList<>();
    for (Line line : account.by(Dimension.SITE)) {
      Optional.ofNullable(account.places().get(line.key()))
          .flatMap(Place::position)
          .ifPresent(at -> circles.add(new Bar(line.key(), carbon(line), Optional.of(at))));
    }
    int unplaced = account.by(Dimension.SITE).size() - circles.size();
    String caption =
        "Where it ran: the area of a circle is its carbon"
            + (circles.size() > Lines.SHOWN ? "; labelled: the " + Lines.SHOWN + " largest" : "")
            + (unplaced == 0 ? "" : "; places without a known position: " + unplaced);
    return circles.isEmpty()
        ? Optional.empty()
        : Optional.of(chart("map", Kind.MAP, caption, circles));
  }

  /** A chart of carbon, in the unit that fits its largest figure. */
  public static Chart chart(String id, Kind kind, String caption, List<Bar> bars) {
    double largest = bars.stream().mapToDouble(bar -> bar.figure().median()).max().orElse(0);
    Unit unit = Unit.of(Impact.CARBON_KG, largest);
    return new Chart(id, kind, caption, unit, bars);
  }

  private static Quantity carbon(Line line) {
    return line.footprint().carbonKg();
  }

  /** The charts as JSON that can stand in a script element: no sign of it can end the element. */
  public static String json(List<Chart> charts) {
    return ScriptJson.of(json -> {
      json.writeStartObject();
      write(json, charts);
      json.writeEndObject();
    });
  }

  /** The charts as a property of what is being written. */
  public static void write(JsonGenerator json, List<Chart> charts) {
    json.writeArrayPropertyStart("charts");
    charts.forEach(chart -> write(json, chart));
    json.writeEndArray();
  }

  static void write(JsonGenerator json, Chart chart) {
    json.writeStartObject();
    json.writeStringProperty("id", chart.id());
    json.writeStringProperty("kind", chart.kind().name().toLowerCase(Locale.ROOT));
    json.writeStringProperty("unit", chart.unit().symbol());
    json.writeArrayPropertyStart("names");
    chart.bars().forEach(bar -> json.writeString(bar.name()));
    json.writeEndArray();
    numbers(json, "median", chart, Quantity::median);
    numbers(json, "low", chart, Quantity::low);
    numbers(json, "high", chart, Quantity::high);
    if (chart.kind() == Kind.MAP) {
      json.writeNumberProperty("labelled", Lines.SHOWN);
      positions(json, chart);
    }
    json.writeEndObject();
  }

  private static void numbers(
      JsonGenerator json, String name, Chart chart, ToDoubleFunction<Quantity> part) {
    json.writeArrayPropertyStart(name);
    for (Bar bar : chart.bars()) {
      double figure = part.applyAsDouble(bar.figure()) / chart.unit().size();
      // Enough for a picture, and a page half as long.
      json.writeNumber((double) (float) figure);
    }
    json.writeEndArray();
  }

  private static void positions(JsonGenerator json, Chart chart) {
    json.writeArrayPropertyStart("positions");
    for (Bar bar : chart.bars()) {
      Position at = bar.position().orElseThrow();
      json.writeStartArray();
      json.writeNumber(at.longitude());
      json.writeNumber(at.latitude());
      json.writeEndArray();
    }
    json.writeEndArray();
  }
}
