package io.gtrace.validation;

import io.gtrace.activity.Modality;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * How a law does on the measurements of one modality.
 *
 * @param modality what was made
 * @param comparisons one for each measurement, at least one
 */
public record Validation(Modality modality, List<Comparison> comparisons) {
  public Validation {
    comparisons = List.copyOf(comparisons);
    if (comparisons.isEmpty()) {
      throw new IllegalArgumentException("nothing to compare for " + modality.label());
    }
  }

  public int rows() {
    return comparisons.size();
  }

  /** How many different models were measured. */
  public int models() {
    return (int)
        comparisons.stream().map(each -> each.measurement().model().name()).distinct().count();
  }

  /** Half of the rows are off by less than this share of what was measured. */
  public double medianAbsolutePercentageError() {
    return 100 * quantile(Comparison::absoluteError, 0.5);
  }

  /** Nine of ten rows are off by less than this share of what was measured. */
  public double p90AbsolutePercentageError() {
    return 100 * quantile(Comparison::absoluteError, 0.9);
  }

  /** Above 0 where the law says more than was measured; per cent. */
  public double medianSignedError() {
    return 100 * quantile(Comparison::signedError, 0.5);
  }

  /** Share of rows inside of their 50 % interval. */
  public double coverage50() {
    return share(each -> each.prediction().holds50(each.measurement().energyJ()) ? 1 : 0);
  }

  /** Share of rows inside of their 90 % interval. */
  public double coverage90() {
    return share(each -> each.prediction().holds90(each.measurement().energyJ()) ? 1 : 0);
  }

  /** Upper over lower end of the 90 % interval, the median row. */
  public double medianIntervalRatio() {
    return quantile(each -> each.prediction().intervalRatio(), 0.5);
  }

  /** The rows that are furthest off, as factors, worst first. */
  public List<Comparison> worst(int count) {
    return comparisons.stream()
        .sorted(
            Comparator.comparingDouble(
                    (Comparison each) -> Math.abs(Math.log1p(each.signedError())))
                .reversed())
        .limit(count)
        .toList();
  }

  private double quantile(ToDoubleFunction<Comparison> figure, double probability) {
    return Quantile.withDefaults()
        .evaluate(comparisons.stream().mapToDouble(figure).toArray(), probability);
  }

  private double share(ToDoubleFunction<Comparison> oneOrZero) {
    return comparisons.stream().mapToDouble(oneOrZero).sum() / rows();
  }
}
