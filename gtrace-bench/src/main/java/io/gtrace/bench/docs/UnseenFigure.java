package io.gtrace.bench.docs;

import io.gtrace.activity.Modality;
import io.gtrace.validation.Comparison;
import io.gtrace.validation.Validation;
import java.awt.Color;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Estimated against measured energy of models that the fit had not seen. */
final class UnseenFigure {
  private static final double LEAST_J = 0.01;
  private static final double MOST_J = 1e7;
  private static final int ALPHA = 110;

  private UnseenFigure() {}

  static Figure of(LawValidations unseen) {
    Plot plot =
        Plot.logarithmic(
            "measured accelerator energy of an output, J",
            "estimated energy of an output, its model unseen, J");
    for (Validation validation : unseen.byModality()) {
      plot.points(
          validation.modality().label() + ", J per " + output(validation.modality()),
          Colours.faint(colour(validation.modality()), ALPHA),
          marker(validation.modality()),
          validation.comparisons().stream()
              .mapToDouble(each -> each.measurement().energyJ())
              .toArray(),
          validation.comparisons().stream().mapToDouble(UnseenFigure::estimated).toArray());
    }
    double[] ends = {LEAST_J, MOST_J};
    plot.line("as measured", Color.BLACK, ends, ends);
    plot.dashes("twice what was measured", Colours.GREY, ends, times(ends, 2));
    plot.dashes("half of what was measured", Colours.GREY, ends, times(ends, 0.5));
    return plot.within(LEAST_J, MOST_J, LEAST_J, MOST_J)
        .legendAt(LegendPosition.InsideNW)
        .withoutGrid()
        .markersOf(6)
        .figure("unseen");
  }

  private static double estimated(Comparison comparison) {
    return comparison.prediction().medianJ();
  }

  private static String output(Modality modality) {
    return modality == Modality.TEXT ? "token" : modality.label();
  }

  private static Color colour(Modality modality) {
    return switch (modality) {
      case TEXT -> Colours.BLUE;
      case IMAGE -> Colours.GREEN;
      default -> Colours.VERMILION;
    };
  }

  private static Marker marker(Modality modality) {
    return switch (modality) {
      case TEXT -> SeriesMarkers.CIRCLE;
      case IMAGE -> SeriesMarkers.SQUARE;
      default -> SeriesMarkers.DIAMOND;
    };
  }

  private static double[] times(double[] values, double factor) {
    double[] scaled = values.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= factor;
    }
    return scaled;
  }
}
