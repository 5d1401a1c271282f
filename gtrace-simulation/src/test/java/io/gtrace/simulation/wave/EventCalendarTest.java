package io.gtrace.simulation.wave;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventCalendarTest {
  private static final int HOURS = 20;

  @Test
  void everyHourHandsOutWhatWasNotedForItInOrderAndNothingElse() {
    EventCalendar calendar = new EventCalendar(HOURS);
    List<List<Integer>> expected = new ArrayList<>();
    for (int hour = 0; hour < 2 * HOURS; hour++) {
      expected.add(new ArrayList<>());
    }
    Random random = new Random(3);
    for (int hour = 0; hour < HOURS; hour++) {
      int now = hour;
      for (int i = 0; i < 5_000; i++) {
        int due = now + random.nextInt(HOURS);
        calendar.add(due, i);
        expected.get(due).add(i);
      }
      List<Integer> found = new ArrayList<>();
      int size = calendar.size(now);
      calendar.take(
          now,
          (people, from, count) -> {
            for (int i = from; i < from + count; i++) {
              found.add(people[i]);
              if (people[i] % 3 == 0) {
                calendar.add(now + 1, people[i]);
                expected.get(now + 1).add(people[i]);
              }
            }
          });
      assertThat(found).isEqualTo(expected.get(now));
      assertThat(size).isBetween(found.size(), found.size() + EventCalendar.BLOCK);
      calendar.take(now, (people, from, count) -> assertThat(count).isZero());
    }
  }
}
