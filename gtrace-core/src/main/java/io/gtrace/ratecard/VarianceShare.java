package io.gtrace.ratecard;

import io.gtrace.footprint.Quantity;

/**
 * What one factor does to the width of an interval.
 *
 * @param factor id of the factor, or {@link #LAW} or {@link #REQUEST}
 * @param meaning what it is, for people
 * @param share of the variance of the figure's logarithm that is due to it, 0 to 1: its Shapley
 *     effect, as far as factors interact in pairs (Owen 2014, SIAM/ASA J. Uncertainty
 *     Quantification 2:245). Shares of all factors add up to 1
 * @param known the figure's interval if the factor were known to be at its median
 */
public record VarianceShare(String factor, String meaning, double share, Quantity known) {
  /** The constants of the laws, which were fitted together and err together. */
  public static final String LAW = "law-constants";

  /** What sets one request apart from another of the same volumes. */
  public static final String REQUEST = "request";
}
