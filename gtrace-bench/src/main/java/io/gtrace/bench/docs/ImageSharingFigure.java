package io.gtrace.bench.docs;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.uncertainty.Draws;
import io.gtrace.validation.Comparison;
import io.gtrace.validation.LawPredictions;
import io.gtrace.validation.Measurement;
import io.gtrace.validation.ModelKnowledge;
import java.awt.Color;
import java.util.List;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Energy of an image against the batch, by how many accelerators make it together. */
final class ImageSharingFigure {
  private static final String MODEL = "black-forest-labs/FLUX.1-dev";
  private static final List<Color> COLOURS =
      List.of(Colours.BLUE, Colours.GREEN, Colours.VERMILION, Colours.PURPLE);
  private static final List<Marker> MARKERS =
      List.of(
          SeriesMarkers.CIRCLE,
          SeriesMarkers.SQUARE,
          SeriesMarkers.DIAMOND,
          SeriesMarkers.TRIANGLE_UP);

  private static final double J_PER_KJ = 1e3;

  private ImageSharingFigure() {}

  static Figure of(FactorCatalogue catalogue, ShippedMeasurements measurements) {
    LawPredictions unseen =
        new LawPredictions(
            catalogue, Draws.standard(catalogue.correlations()), ModelKnowledge.UNSEEN);
    List<Measurement.Image> measured = measurements.of(Measurement.Image.class, MODEL, "h100-sxm");
    Plot plot =
        Plot.overPowersOfTwo("images that share a step", "accelerator energy of an image, kJ");
    List<Integer> counts =
        measured.stream().map(each -> each.hardware().count()).distinct().sorted().toList();
    for (int i = 0; i < counts.size(); i++) {
      int count = counts.get(i);
      List<Measurement.Image> together =
          measured.stream().filter(each -> each.hardware().count() == count).toList();
      List<Comparison> said = unseen.validate(List.copyOf(together)).get(0).comparisons();
      double[] batches =
          together.stream().mapToDouble(each -> Math.log(each.batch()) / Math.log(2)).toArray();
      plot.line(
          count + " × H100: law",
          COLOURS.get(i),
          batches,
          said.stream().mapToDouble(each -> each.prediction().medianJ() / J_PER_KJ).toArray());
      plot.points(
          count + " × H100: measured",
          COLOURS.get(i),
          MARKERS.get(i),
          batches,
          together.stream().mapToDouble(each -> each.energyJ() / J_PER_KJ).toArray());
    }
    return plot.markersOf(8).figure("image-sharing");
  }
}
