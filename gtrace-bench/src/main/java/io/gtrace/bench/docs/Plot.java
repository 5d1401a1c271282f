package io.gtrace.bench.docs;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Curves, bands and points between two axes. */
final class Plot {
  private static final int WIDTH = 860;
  private static final int HEIGHT = 520;
  private static final float LINE = 2f;
  private static final int BAND_ALPHA = 45;
  private static final int SPACING_OF_POWERS_PX = 110;

  private final XYChart chart;
  private final StringBuilder data = new StringBuilder();

  private Plot(String across, String up) {
    chart =
        new XYChartBuilder().width(WIDTH).height(HEIGHT).xAxisTitle(across).yAxisTitle(up).build();
    plain(chart.getStyler());
    chart.getStyler().setLegendPosition(LegendPosition.InsideNE);
    chart
        .getStyler()
        .setXAxisTickLabelsFormattingFunction(Plot::label)
        .setYAxisTickLabelsFormattingFunction(Plot::label);
  }

  /** Both axes logarithmic. */
  static Plot logarithmic(String across, String up) {
    Plot plot = new Plot(across, up);
    plot.chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
    return plot;
  }

  /** The axis across in powers of two, which x are given as. */
  static Plot overPowersOfTwo(String across, String up) {
    Plot plot = new Plot(across, up);
    plot.chart
        .getStyler()
        .setXAxisTickMarkSpacingHint(SPACING_OF_POWERS_PX)
        .setXAxisTickLabelsFormattingFunction(Plot::powerOfTwo);
    return plot;
  }

  private static String label(double value) {
    return Numeral.of(value);
  }

  private static String powerOfTwo(double exponent) {
    return exponent == Math.rint(exponent) ? Numeral.of(Math.pow(2, exponent)) : "";
  }

  /** The look that all figures share. */
  static void plain(AxesChartStyler style) {
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    style
        .setAxisTitleFont(font)
        .setAxisTickLabelsFont(font)
        .setPlotGridLinesStroke(new BasicStroke(0.5f))
        .setPlotGridLinesColor(new Color(225, 225, 225))
        .setLegendFont(font)
        .setLegendBorderColor(Color.WHITE)
        .setChartBackgroundColor(Color.WHITE)
        .setPlotBorderVisible(false)
        .setLocale(Locale.ROOT);
  }

  /** The axes' ends. */
  Plot within(double left, double right, double bottom, double top) {
    chart.getStyler().setXAxisMin(left).setXAxisMax(right).setYAxisMin(bottom).setYAxisMax(top);
    return this;
  }

  /** The upper end of the axis up. */
  Plot upTo(double top) {
    chart.getStyler().setYAxisMax(top);
    return this;
  }

  Plot band(String name, Color colour, double[] x, double[] low, double[] high) {
    int count = x.length;
    double[] around = new double[2 * count];
    double[] edge = new double[2 * count];
    for (int i = 0; i < count; i++) {
      around[i] = x[i];
      edge[i] = high[i];
      around[2 * count - 1 - i] = x[i];
      edge[2 * count - 1 - i] = low[i];
    }
    XYSeries band = series(name, XYSeriesRenderStyle.PolygonArea, around, edge);
    band.setFillColor(Colours.faint(colour, BAND_ALPHA));
    band.setLineColor(Colours.faint(colour, 0));
    band.setMarker(SeriesMarkers.NONE);
    return this;
  }

  Plot line(String name, Color colour, double[] x, double[] y) {
    return line(name, colour, new BasicStroke(LINE), x, y);
  }

  Plot dashes(String name, Color colour, double[] x, double[] y) {
    BasicStroke dashed =
        new BasicStroke(
            1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10f, new float[] {5f, 4f}, 0f);
    return line(name, colour, dashed, x, y);
  }

  private Plot line(String name, Color colour, BasicStroke stroke, double[] x, double[] y) {
    XYSeries line = series(name, XYSeriesRenderStyle.Line, x, y);
    line.setLineColor(colour);
    line.setLineStyle(stroke);
    line.setMarker(SeriesMarkers.NONE);
    return this;
  }

  Plot points(String name, Color colour, Marker marker, double[] x, double[] y) {
    XYSeries points = series(name, XYSeriesRenderStyle.Scatter, x, y);
    points.setMarkerColor(colour);
    points.setMarker(marker);
    return this;
  }

  Plot legendAt(LegendPosition position) {
    chart.getStyler().setLegendPosition(position);
    return this;
  }

  Plot withoutGrid() {
    chart.getStyler().setPlotGridLinesVisible(false);
    return this;
  }

  Plot markersOf(int px) {
    chart.getStyler().setMarkerSize(px);
    return this;
  }

  private XYSeries series(String name, XYSeriesRenderStyle style, double[] x, double[] y) {
    data.append(name).append('\n');
    for (int i = 0; i < x.length; i++) {
      data.append(String.format(Locale.ROOT, "%.3e %.3e\n", x[i], y[i]));
    }
    XYSeries series = chart.addSeries(name, x, y);
    series.setXYSeriesRenderStyle(style);
    return series;
  }

  Figure figure(String name) {
    return new Figure(name, chart, data.toString());
  }
}
