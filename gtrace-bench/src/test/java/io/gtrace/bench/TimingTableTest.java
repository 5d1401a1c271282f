package io.gtrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimingTableTest {
  @Test
  void judgesByTheShortestRun() {
    assertThat(printed(Timing.of("met", "ms", 160, 140, 170).atMost(150)))
        .contains("| met | 140 ms | 160 ms | 170 ms | 3 | ≤ 150 ms | yes |");
    assertThat(printed(Timing.of("missed", "ms", 160, 151).atMost(150)))
        .contains("| missed | 151 ms | 156 ms | 160 ms | 2 | ≤ 150 ms | **no** |");
  }

  @Test
  void leavesTheTargetOpenWhereThereIsNone() {
    assertThat(printed(Timing.of("compared", "s", 0.25)))
        .contains("| compared | 0.25 s | 0.25 s | 0.25 s | 1 |  |  |");
  }

  private static String printed(Timing timing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TimingTable.print(new PrintStream(bytes, true, StandardCharsets.UTF_8), List.of(timing));
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
