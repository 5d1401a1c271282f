package io.gtrace.server.organisation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.Period;
import io.gtrace.server.organisation.LedgerView.Question;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QuestionTest {
  private static final Period TWO_HOURS_IN_PART =
      Period.parse(
          "from", Optional.of("2026-03-01T10:30:00Z"), "to", Optional.of("2026-03-01T11:30:00Z"));

  @Test
  void aPeriodAndSomeValuesBoundTheLines() {
    Question question = new Question(List.of(GroupBy.HOUR), TWO_HOURS_IN_PART, Map.of());

    assertThat(question.mostLines()).isBetween(2L, 3L);
    Question byTeam =
        new Question(
            List.of(GroupBy.HOUR, GroupBy.TEAM), TWO_HOURS_IN_PART, Map.of(GroupBy.APP, "shop"));
    assertThat(byTeam.among(GroupBy.TEAM, Set.of("a", "b", "c")).mostLines())
        .isEqualTo(3 * question.mostLines());
  }

  @Test
  void aPeriodHasAsManyDaysMonthsAndYearsAsItTouches() {
    Period twoYears =
        Period.parse("from", Optional.of("2024-02-29"), "to", Optional.of("2026-02-28"));

    assertThat(new Question(List.of(GroupBy.DAY), twoYears, Map.of()).mostLines())
        .isBetween(730L, 735L);
    assertThat(new Question(List.of(GroupBy.MONTH), twoYears, Map.of()).mostLines())
        .isBetween(25L, 30L);
    assertThat(new Question(List.of(GroupBy.YEAR), twoYears, Map.of()).mostLines())
        .isBetween(3L, 5L);
  }

  @Test
  void aShortMonthBetweenTwoOthersIsCounted() {
    Period threeMonthsInPart =
        Period.parse(
            "from", Optional.of("2026-01-31T23:00Z"), "to", Optional.of("2026-03-01T01:00Z"));

    assertThat(new Question(List.of(GroupBy.MONTH), threeMonthsInPart, Map.of()).mostLines())
        .isBetween(3L, 4L);
  }

  @Test
  void oneValueIsOneLine() {
    Map<GroupBy, String> only = Map.of(GroupBy.TEAM, "a");
    assertThat(new Question(List.of(GroupBy.TEAM), Period.ALL, only).mostLines()).isEqualTo(1);
    assertThat(new Question(List.of(), Period.ALL, Map.of()).mostLines()).isEqualTo(1);
  }

  @Test
  void nothingBoundsValuesThatNobodyNamedOrHoursWithoutAnEnd() {
    for (List<GroupBy> by :
        List.of(List.of(GroupBy.HOUR), List.of(GroupBy.TEAM, GroupBy.MODEL, GroupBy.APP))) {
      assertThat(new Question(by, Period.ALL, Map.of()).mostLines()).isEqualTo(Long.MAX_VALUE);
    }
  }
}
