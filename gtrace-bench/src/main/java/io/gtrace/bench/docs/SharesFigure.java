package io.gtrace.bench.docs;

import io.gtrace.ratecard.VarianceShare;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.HorizontalBarChart;
import org.knowm.xchart.HorizontalBarChartBuilder;

/** What makes the interval of one call wide. */
final class SharesFigure {
  private static final int WIDTH = 860;
  private static final int HEIGHT = 440;
  private static final double LEAST_SHARE = 0.005;
  private static final int PERCENT = 100;
  private static final int SPACING_PX = 10;

  private SharesFigure() {}

  static Figure of(ExampleCall call) {
    List<String> names = new ArrayList<>();
    List<Double> percents = new ArrayList<>();
    double rest = 0;
    for (VarianceShare share : call.shares()) {
      if (share.share() < LEAST_SHARE) {
        rest += share.share();
      } else {
        names.add(share.factor() + ", " + Numeral.percent(share.share()));
        percents.add(PERCENT * share.share());
      }
    }
    names.add("all others together, " + Numeral.percent(rest));
    percents.add(PERCENT * rest);
    StringBuilder data = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      data.append(String.format(Locale.ROOT, "%s %.3e\n", names.get(i), percents.get(i)));
    }
    HorizontalBarChart chart =
        new HorizontalBarChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .xAxisTitle("share of the variance of log carbon, %")
            .build();
    Plot.plain(chart.getStyler());
    chart.getStyler().setLabelsVisible(false).setAvailableSpaceFill(0.7).setLegendVisible(false);
    // Names are spaced by the hint for the other axis, whose labels the names make needless.
    chart
        .getStyler()
        .setXAxisMin(0.0)
        .setXAxisTickMarkSpacingHint(SPACING_PX)
        .setXAxisTicksVisible(false)
        .setPlotGridLinesVisible(false)
        .setPlotTicksMarksVisible(false);
    chart.addSeries("share", percents, names).setFillColor(Colours.BLUE);
    return new Figure("gpt-4o-shares", chart, data.toString());
  }
}
