package io.gtrace.bench.docs;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.uncertainty.Draws;
import io.gtrace.validation.Comparison;
import io.gtrace.validation.LawPredictions;
import io.gtrace.validation.Measurement;
import io.gtrace.validation.ModelKnowledge;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Energy of an output token against the batch: a dense model and a mixture of experts. */
final class OutputTokenFigure {
  private static final int POINTS = 40;

  /** Room for the legend. */
  private static final double TOP_J = 70;

  private final LawPredictions unseen;
  private final ShippedMeasurements measurements;
  private final Plot plot =
      Plot.logarithmic(
          "requests that share a step",
          "accelerator energy of an output token, prefill included, J");

  private OutputTokenFigure(FactorCatalogue catalogue, ShippedMeasurements measurements) {
    unseen =
        new LawPredictions(
            catalogue, Draws.standard(catalogue.correlations()), ModelKnowledge.UNSEEN);
    this.measurements = measurements;
  }

  static Figure of(FactorCatalogue catalogue, ShippedMeasurements measurements) {
    OutputTokenFigure figure = new OutputTokenFigure(catalogue, measurements);
    figure.add(
        "Qwen/Qwen3-235B-A22B-Instruct-2507",
        "Qwen3 235B A22B, 8 × H100",
        Colours.VERMILION,
        SeriesMarkers.DIAMOND);
    figure.add(
        "meta-llama/Llama-3.1-8B-Instruct",
        "Llama 3.1 8B, 1 × H100",
        Colours.BLUE,
        SeriesMarkers.CIRCLE);
    return figure.plot.upTo(TOP_J).markersOf(8).figure("output-token");
  }

  private void add(String model, String name, Color colour, Marker marker) {
    List<Measurement.Text> measured =
        measurements.of(Measurement.Text.class, model, "h100-sxm").stream()
            .filter(each -> each.task().equals("lm-arena-chat"))
            .toList();
    double least = measured.stream().mapToDouble(Measurement.Text::batch).min().orElseThrow();
    double most = measured.stream().mapToDouble(Measurement.Text::batch).max().orElseThrow();
    double outputTokens =
        measured.stream()
            .mapToDouble(each -> each.outputTokens().orElseThrow())
            .average()
            .orElseThrow();
    List<Measurement> asked = new ArrayList<>();
    for (int i = 0; i < POINTS; i++) {
      double batch = least * Math.pow(most / least, i / (POINTS - 1.0));
      asked.add(at(measured.get(0), batch, outputTokens));
    }
    List<Comparison> said = unseen.validate(asked).get(0).comparisons();
    double[] batches =
        asked.stream().mapToDouble(each -> ((Measurement.Text) each).batch()).toArray();
    plot.band(
        name + ": 90 % interval",
        colour,
        batches,
        figures(said, each -> each.prediction().low90J()),
        figures(said, each -> each.prediction().high90J()));
    plot.line(name + ": law", colour, batches, figures(said, each -> each.prediction().medianJ()));
    plot.points(
        name + ": measured",
        colour,
        marker,
        measured.stream().mapToDouble(Measurement.Text::batch).toArray(),
        measured.stream().mapToDouble(Measurement.Text::energyJ).toArray());
  }

  private static Measurement at(Measurement.Text like, double batch, double outputTokens) {
    return new Measurement.Text(
        like.line(),
        like.model(),
        like.hardware(),
        batch,
        OptionalDouble.of(outputTokens),
        like.inputTokens(),
        like.task(),
        like.energyJ());
  }

  private static double[] figures(List<Comparison> of, ToDoubleFunction<Comparison> figure) {
    return of.stream().mapToDouble(figure).toArray();
  }
}
