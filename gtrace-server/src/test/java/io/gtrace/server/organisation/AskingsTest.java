package io.gtrace.server.organisation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AskingsTest {
  private final AtomicLong nanoTime = new AtomicLong();
  private final Askings<String> askings = new Askings<>(nanoTime::get);

  private void pass(Duration time) {
    nanoTime.addAndGet(time.toNanos());
  }

  @Test
  void whatIsAskedAgainAndAgainIsWatchedLastThingsFirst() {
    askings.add("a");
    askings.add("once");
    askings.add("b");
    pass(Duration.ofSeconds(30));
    askings.add("a");
    askings.add("b");
    assertThat(askings.watched()).containsExactly("b", "a");
    pass(Duration.ofSeconds(61));
    assertThat(askings.watched()).isEmpty();
  }

  @Test
  void whatWasAskedLongBeforeIsAskedAnew() {
    askings.add("a");
    pass(Duration.ofSeconds(61));
    askings.add("a");
    assertThat(askings.watched()).isEmpty();
  }

  @Test
  void whatWasAskedFirstIsForgottenFirst() {
    for (int key = 0; key < 501; key++) {
      askings.add("key " + key);
    }
    askings.add("key 0");
    askings.add("key 500");
    assertThat(askings.watched()).containsExactly("key 500");
  }
}
