package io.gtrace.governance.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HourlyPlacementTest {
  private static final Instant START = Instant.parse("2024-03-01T00:00:00Z");
  private static final int HOURS = 31 * 24;

  @TempDir Path folder;

  /** A month of one call an hour in Frankfurt. */
  private LedgerFixture ledger() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int hour = 0; hour < HOURS; hour++) {
      lines.append(
          String.format(
              "{\"when\":\"%s\",\"model\":\"gpt-4o\",\"region\":\"aws/eu-central-1\","
                  + "\"team\":\"t\",\"requests\":10,\"input_tokens\":5000,\"output_tokens\":3000}%n",
              START.plusSeconds(3_600L * hour)));
    }
    return LedgerFixture.of(folder, lines.toString());
  }

  private GridHours hours(String... zones) throws IOException {
    Random random = new Random(1);
    StringBuilder csv = new StringBuilder("zone,hour,g_per_kwh\n");
    for (String zone : zones) {
      for (int hour = 0; hour < HOURS; hour++) {
        double grams = 300 + 150 * Math.cos(2 * Math.PI * hour / 24) + 60 * random.nextGaussian();
        csv.append(zone)
            .append(',')
            .append(START.plusSeconds(3_600L * hour))
            .append(',')
            .append(Math.max(1, grams))
            .append('\n');
      }
    }
    return GridHours.read(Files.writeString(folder.resolve("hours.csv"), csv));
  }

  private Replay replay(String yaml) throws IOException {
    return ledger().replay(new OrganisationReader(LedgerFixture.CATALOGUE).read("org.yaml", yaml));
  }

  @Test
  void foresightIsWorthMoreThanAForecastAndNoLimitMoreThanLimits() throws IOException {
    HourlyPlacement compared =
        HourlyPlacement.of(
            replay(
                "regions: [aws/eu-west-3]\n"
                    + "workloads: [{name: jobs, team: t, slack-hours: 6}]"),
            hours("DE", "FR"));
    assertThat(compared.hours()).isEqualTo(HOURS - 7 * 24);
    assertThat(compared.oracleKg()).isLessThan(compared.limitedOracleKg());
    assertThat(compared.limitedOracleKg()).isLessThan(compared.forecastKg());
    assertThat(compared.forecastKg()).isLessThan(compared.todayKg());
    assertThat(compared.leftOut()).isEmpty();
  }

  @Test
  void whereNothingCanMoveNothingIsAvoided() throws IOException {
    HourlyPlacement compared = HourlyPlacement.of(replay("regions: [aws/eu-west-3]"), hours("DE"));
    assertThat(compared.saved()).isCloseTo(0, within(1e-9));
    assertThat(compared.oracleKg()).isCloseTo(compared.todayKg(), within(1e-9));
  }

  @Test
  void hoursOfOtherGridsAreOfNoUse() throws IOException {
    Replay replay = replay("regions: [aws/eu-west-3]");
    GridHours hours = hours("FR");
    assertThatThrownBy(() -> HourlyPlacement.of(replay, hours))
        .hasMessageContaining("hours are of FR");
  }

  @Test
  void aFileWithAMistakeIsRefusedByLine() {
    requireRefused("zone,hour\nDE,2024-03-01T00:00Z\n", "no column 'g_per_kwh'");
    requireRefused("zone,hour,g_per_kwh\nDE,2024-03-01T00:00Z,much\n", "line 2", "number");
    requireRefused("zone,hour,g_per_kwh\nDE,2024-03-01T00:30Z,1\n", "line 2", "start of an hour");
    requireRefused("zone,hour,g_per_kwh\nDE,soon,1\n", "line 2", "2026-03-01T14:00Z");
    requireRefused("zone,hour,g_per_kwh\nDE,2024-03-01T00:00Z,-1\n", "line 2", "0 to 3000");
    requireRefused(
        "zone,hour,g_per_kwh\nDE,2024-03-01T00:00Z,1\nDE,2024-03-01T00:00Z,1\n", "line 3", "twice");
    requireRefused(
        "zone,hour,g_per_kwh\nDE,2024-03-01T00:00Z,1\nDE,2024-03-01T02:00Z,1\n", "missing");
    requireRefused("zone,hour,g_per_kwh\n", "no hours");
  }

  private void requireRefused(String csv, String... words) {
    assertThatThrownBy(() -> GridHours.read(Files.writeString(folder.resolve("wrong.csv"), csv)))
        .hasMessageContainingAll(words);
  }
}
