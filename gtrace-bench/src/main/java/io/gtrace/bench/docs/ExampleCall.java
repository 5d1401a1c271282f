package io.gtrace.bench.docs;

import io.gtrace.GTrace;
import io.gtrace.activity.Driver;
import io.gtrace.activity.TextGeneration;
import io.gtrace.activity.Volumes;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.VarianceShare;
import java.util.List;
import java.util.Map;

/** One call to gpt-4o, priced and taken apart. */
final class ExampleCall {
  private static final TextGeneration CALL = TextGeneration.of("gpt-4o", 500, 300).at("FR");
  private static final double WH_PER_KWH = 1e3;
  private static final double MG_PER_KG = 1e6;

  private final GTrace gtrace;
  private final CardRow row;
  private final Volumes volumes;

  ExampleCall(GTrace gtrace) {
    this.gtrace = gtrace;
    row = gtrace.card().row(CALL);
    volumes = CALL.volumes(row.defaults());
  }

  /** Volumes times rates, driver by driver. */
  String table() {
    MarkdownTable table =
        new MarkdownTable(
            "driver",
            "volume:",
            "rate, kWh for one:",
            "energy, Wh:",
            "operational carbon, location-based, mg:",
            "embodied carbon, mg:");
    for (Map.Entry<Driver, Double> volume : volumes.asMap().entrySet()) {
      Driver driver = volume.getKey();
      double units = volume.getValue();
      double kwh = row.perUnit(driver, Impact.ENERGY_KWH);
      table.row(
          "`" + driver.label() + "`",
          Numeral.of(units, 6),
          Numeral.of(kwh),
          Numeral.of(WH_PER_KWH * units * kwh),
          Numeral.of(MG_PER_KG * units * row.perUnit(driver, Impact.OPERATIONAL_LOCATION_BASED_KG)),
          Numeral.of(MG_PER_KG * units * row.perUnit(driver, Impact.EMBODIED_KG)));
    }
    Footprint all = gtrace.estimate(CALL);
    table.row(
        "sum and its 90 % interval",
        "",
        "",
        quantity(all.energyKwh(), WH_PER_KWH),
        quantity(all.operationalLocationBasedKg(), MG_PER_KG),
        quantity(all.embodiedKg(), MG_PER_KG));
    return table.toString();
  }

  private static String quantity(Quantity quantity, double scale) {
    return Numeral.of(scale * quantity.median())
        + " ("
        + Numeral.of(scale * quantity.low())
        + " to "
        + Numeral.of(scale * quantity.high())
        + ")";
  }

  /** What makes the interval of its carbon wide, largest first. */
  List<VarianceShare> shares() {
    return gtrace.sensitivity(CALL, Impact.CARBON_KG);
  }

  /** The same as a table. */
  String sharesTable() {
    MarkdownTable table =
        new MarkdownTable("factor", "meaning", "share:", "carbon if it were known, mg");
    for (VarianceShare share : shares()) {
      table.row(
          "`" + share.factor() + "`",
          share.meaning(),
          Numeral.percent(share.share()),
          quantity(share.known(), MG_PER_KG));
    }
    Quantity carbon = gtrace.estimate(CALL).carbonKg();
    table.row("none of them", "the interval as it is", "", quantity(carbon, MG_PER_KG));
    return table.toString();
  }
}
