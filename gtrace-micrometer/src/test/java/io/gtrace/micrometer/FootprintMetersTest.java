package io.gtrace.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.activity.Attribution;
import io.gtrace.activity.Context;
import io.gtrace.activity.TextGeneration;
import io.gtrace.call.CallAccounting;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.site.Site;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FootprintMetersTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final CallAccounting accounting =
      CallAccounting.standard(List.of(new FootprintMeters(registry)));

  private static TextGeneration call(String team) {
    return TextGeneration.of("gpt-4o", 500, 300)
        .in(new Context(Optional.empty(), Attribution.ofTeam(team), Site.parse("FR")));
  }

  private double counted(String meter, String team) {
    return registry.get(meter).tag("model", "gpt-4o").tag("team", team).counter().count();
  }

  @Test
  void callsAddUpByTeam() {
    Footprint one = accounting.account(call("search")).orElseThrow().footprint();
    accounting.account(call("search"));
    accounting.account(call("support"));
    assertThat(counted("gtrace.calls", "search")).isEqualTo(2);
    assertThat(counted("gtrace.calls", "support")).isEqualTo(1);
    assertThat(counted("gtrace.carbon", "search"))
        .isCloseTo(2 * one.median(Impact.CARBON_KG), within(1e-15));
    assertThat(counted("gtrace.energy", "support")).isEqualTo(one.median(Impact.ENERGY_KWH));
    assertThat(counted("gtrace.water", "support")).isEqualTo(one.median(Impact.WATER_L));
  }
}
