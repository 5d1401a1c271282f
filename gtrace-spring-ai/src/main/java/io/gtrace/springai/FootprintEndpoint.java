package io.gtrace.springai;

import io.gtrace.call.CallTotals;
import io.gtrace.call.CallTotals.Total;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Quantity;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * What all calls since the start cost, at {@code /actuator/gtrace}: together, by model, by team.
 */
@Endpoint(id = "gtrace")
public final class FootprintEndpoint {
  private static final double INTERVAL = 0.9;

  private final CallTotals totals;

  public FootprintEndpoint(CallTotals totals) {
    this.totals = totals;
  }

  /**
   * A figure.
   *
   * @param median in the unit that the name of the figure says
   * @param low lower bound of the interval
   * @param high upper bound of the interval
   */
  public record Figure(double median, double low, double high) {
    private static Figure of(Quantity quantity) {
      return new Figure(quantity.median(), quantity.low(), quantity.high());
    }
  }

  /**
   * Some calls together.
   *
   * @param calls how many
   * @param energyKwh electricity, kWh
   * @param carbonKg operational location-based and embodied, kg CO2e
   * @param waterL water, l
   */
  public record Cost(long calls, Figure energyKwh, Figure carbonKg, Figure waterL) {
    private static Cost of(Total total) {
      Footprint footprint = total.footprint();
      return new Cost(
          total.calls(),
          Figure.of(footprint.energyKwh()),
          Figure.of(footprint.carbonKg()),
          Figure.of(footprint.waterL()));
    }
  }

  /**
   * What calls cost since the application started.
   *
   * @param interval probability of the intervals
   * @param factorSet digest of the factors
   */
  public record Footprints(
      Cost total,
      Map<String, Cost> byModel,
      Map<String, Cost> byTeam,
      double interval,
      String factorSet) {
    public Footprints {
      byModel = Map.copyOf(byModel);
      byTeam = Map.copyOf(byTeam);
    }
  }

  /** All figures. */
  @ReadOperation
  public Footprints footprints() {
    Total total = totals.total();
    return new Footprints(
        Cost.of(total),
        costs(totals.byModel()),
        costs(totals.byTeam()),
        INTERVAL,
        total.footprint().factorSet());
  }

  private static Map<String, Cost> costs(Map<String, Total> totals) {
    Map<String, Cost> costs = new LinkedHashMap<>();
    totals.forEach((name, total) -> costs.put(name, Cost.of(total)));
    return costs;
  }
}
