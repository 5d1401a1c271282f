package io.gtrace.ledger.query;

import io.gtrace.footprint.Footprint;
import java.util.List;

/**
 * One line of an answer.
 *
 * @param keys its values along the dimensions that were asked for, in their order; empty where not
 *     known
 * @param activities how many activities
 * @param requests how many calls they were
 * @param tokens input, cached input, output and reasoning tokens together
 * @param footprint what they cost
 */
public record QueryLine(
    List<String> keys, long activities, double requests, double tokens, Footprint footprint) {
  public QueryLine {
    keys = List.copyOf(keys);
  }
}
