package io.gtrace.governance.pyramid;

import java.util.List;

/**
 * What came of one level.
 *
 * @param reached whether its gates and enough of its indicators pass, and all levels below are
 *     reached
 * @param passed indicators that pass
 * @param counted indicators that apply
 */
public record LevelResult(
    Level level, boolean reached, int passed, int counted, List<IndicatorResult> indicators) {
  public LevelResult {
    indicators = List.copyOf(indicators);
  }

  /** Gates that do not pass. */
  public List<IndicatorResult> closedGates() {
    return indicators.stream()
        .filter(each -> each.indicator().isGate())
        .filter(each -> each.verdict() != Verdict.PASS)
        .filter(each -> each.verdict() != Verdict.NOT_APPLICABLE)
        .toList();
  }
}
