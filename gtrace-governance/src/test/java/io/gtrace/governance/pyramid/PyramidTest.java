package io.gtrace.governance.pyramid;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.governance.evidence.EvidenceKind;
import io.gtrace.governance.evidence.EvidenceKinds;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The data of the pyramid, and what belongs to it in the code. */
class PyramidTest {
  private static final Pyramid PYRAMID = Pyramid.shipped();

  @Test
  void sevenLevelsHaveSixIndicatorsEachAndEachIndicatorHasItsFunctions() {
    assertThat(PYRAMID.levels()).extracting(Level::number).isEqualTo(List.of(1, 2, 3, 4, 5, 6, 7));
    assertThat(PYRAMID.levels()).allSatisfy(level -> assertThat(level.indicators()).hasSize(6));
    assertThat(PYRAMID.indicators().map(Indicator::id).toList())
        .isEqualTo(List.copyOf(Indicators.ids()))
        .doesNotHaveDuplicates();
  }

  @Test
  void indicatorsBelongToTheirLevelsAndEachLevelHasGates() {
    for (Level level : PYRAMID.levels()) {
      assertThat(level.indicators()).allMatch(each -> each.id().startsWith(level.number() + "."));
      assertThat(level.indicators()).anyMatch(Indicator::isGate);
    }
  }

  @Test
  void evidenceAndIndicatorsNameEachOther() {
    EvidenceKinds kinds = EvidenceKinds.shipped();
    for (Indicator indicator : PYRAMID.indicators().toList()) {
      for (String kind : indicator.evidence()) {
        assertThat(kinds.named(kind).orElseThrow().indicators()).as(kind).contains(indicator.id());
      }
    }
    Set<String> used =
        PYRAMID.indicators().flatMap(each -> each.evidence().stream()).collect(Collectors.toSet());
    assertThat(kinds.all()).extracting(EvidenceKind::id).allMatch(used::contains);
  }
}
