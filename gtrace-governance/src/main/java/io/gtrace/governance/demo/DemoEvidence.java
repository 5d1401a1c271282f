package io.gtrace.governance.demo;

import io.gtrace.footprint.Impact;
import io.gtrace.governance.demo.SimulatedTeams.Service;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.RollupFiles.Pricing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.commons.statistics.descriptive.Mean;

/**
 * Evidence that such an organisation might have: meters that read what the ledger says, with noise
 * and gaps, a register, site forms, a release log and forecasts; some is missing, as is usual.
 */
final class DemoEvidence {
  private static final double PUE = 1.25;
  private static final double TARGET_PUE = 1.15;
  private static final double METER_NOISE = 0.02;
  private static final double GAPS = 0.005;
  private static final double FORECAST_NOISE = 0.012;
  private static final double BUDGET_OVER_USE = 1.1;
  private static final int RELEASE_EVERY_DAYS = 12;

  private final Path folder;
  private final SplittableRandom random;
  private final Map<String, Map<LocalDate, Double>> energyKwh = new TreeMap<>();
  private final Map<LocalDate, Double> carbonKg = new TreeMap<>();
  private final Map<String, Double> carbonKgOfApp = new TreeMap<>();

  private DemoEvidence(Path folder, long seed) {
    this.folder = folder;
    random = new SplittableRandom(seed);
  }

  /** Writes all tables. */
  static void write(Path folder, Ledger.Snapshot ledger, long seed) throws IOException {
    Files.createDirectories(folder);
    DemoEvidence evidence = new DemoEvidence(folder, seed);
    evidence.ask(ledger);
    evidence.register();
    evidence.places();
    evidence.meters();
    evidence.control();
    evidence.optimisation();
  }

  /** The whole of a simulated surge comes here, and nothing checks it. */
  static void surge(Path folder, String run) throws IOException {
    Files.writeString(folder.resolve("surge.csv"), "run,share_of_wave,scenario\n" + run + ",1,\n");
  }

  private void ask(Ledger.Snapshot ledger) {
    Period year =
        new Period(
            Optional.of(start(LocalDate.of(SimulatedTeams.YEAR, 1, 1))),
            Optional.of(start(LocalDate.of(SimulatedTeams.YEAR + 1, 1, 1))));
    try (LedgerQuery query = LedgerQuery.open(ledger, Pricing.CURRENT)) {
      for (QueryLine line : query.by(List.of(GroupBy.DAY, GroupBy.REGION), year)) {
        LocalDate day = LocalDate.parse(line.keys().get(0));
        energyKwh
            .computeIfAbsent(line.keys().get(1), missing -> new TreeMap<>())
            .put(day, line.footprint().median(Impact.ENERGY_KWH));
        carbonKg.merge(day, line.footprint().median(Impact.CARBON_KG), Double::sum);
      }
      for (QueryLine line : query.by(List.of(GroupBy.APP), year)) {
        carbonKgOfApp.put(line.keys().get(0), line.footprint().median(Impact.CARBON_KG));
      }
    }
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private void table(String name, String header, List<String> rows) throws IOException {
    Files.writeString(
        folder.resolve(name + ".csv"), header + "\n" + String.join("\n", rows) + "\n");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6g", value);
  }

  private void register() throws IOException {
    List<String> rows = new ArrayList<>();
    for (Service service : Service.values()) {
      rows.add(
          String.join(
              ",",
              service.app,
              service.modality(),
              service.functionalUnit(),
              "consumer",
              "scope-2",
              "electricity",
              service.team + " lead",
              "2025-10-01"));
    }
    table(
        "register",
        "service,modality,functional_unit,persona,scope,category,owner,reviewed_on",
        rows);
    table(
        "exclusions",
        "stage,from,to,carbon_kg,basis",
        List.of(
            "offices of the teams,2025-01-01,2026-01-01,"
                + number(0.02 * total())
                + ",floor space share of the utility bill",
            "end of life of accelerators,2025-01-01,2026-01-01,"
                + number(0.004 * total())
                + ",share of making"));
  }

  private double total() {
    return carbonKg.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private void places() throws IOException {
    table(
        "sites",
        "site,site_class,year,installed_it_kw,pue,wue_l_per_kwh,erf,ref,target_pue",
        List.of(
            "%s,on-prem,2025,620,%s,0.3,0.05,0.62,%s"
                .formatted(SimulatedTeams.FRANKFURT, PUE, TARGET_PUE),
            "%s,colo,2025,180,%s,0.2,0.1,0.8,%s".formatted(SimulatedTeams.PARIS, PUE, TARGET_PUE)));
    table(
        "assets",
        "asset,site,device,count,device_hours,embodied_kg,service_life_years",
        List.of(
            "frankfurt cluster,DE,h100-sxm,16,35040,320,5",
            "paris cluster,FR,h100-sxm,8,17520,320,5",
            "old cards,DE,a100-sxm-80gb,1,2190,,4"));
  }

  private void meters() throws IOException {
    List<String> series = new ArrayList<>();
    List<String> readings = new ArrayList<>();
    for (String site : List.of(SimulatedTeams.FRANKFURT, SimulatedTeams.PARIS)) {
      series.add("%s-it,%s,it,1440".formatted(site, site));
      series.add("%s-utility,%s,facility,1440".formatted(site, site));
      energyKwh
          .getOrDefault(site, Map.of())
          .forEach((day, kwh) -> {
            double it = kwh / PUE * noisy(METER_NOISE);
            reading(readings, site + "-it", day, it);
            reading(readings, site + "-utility", day, it * PUE * noisy(METER_NOISE));
          });
    }
    table("meter-series", "series,site,boundary,interval_minutes", series);
    table("meters", "series,from,to,energy_kwh", readings);
    List<String> idle = new ArrayList<>();
    for (int month = 1; month <= 12; month++) {
      LocalDate first = LocalDate.of(SimulatedTeams.YEAR, month, 1);
      double kwh =
          energyKwh.getOrDefault(SimulatedTeams.FRANKFURT, Map.of()).entrySet().stream()
              .filter(each -> each.getKey().getMonth() == first.getMonth())
              .mapToDouble(Map.Entry::getValue)
              .sum();
      idle.add(
          "DE,%s,%s,%s,%s,0.4"
              .formatted(first, first.plusMonths(1), number(0.18 * kwh), number(0.175 * kwh)));
    }
    table("idle", "site,from,to,idle_kwh,attributed_kwh,reclaimable_share", idle);
  }

  private double noisy(double spread) {
    return Math.exp(spread * random.nextGaussian());
  }

  private void reading(List<String> readings, String series, LocalDate day, double kwh) {
    if (random.nextDouble() >= GAPS) {
      readings.add("%s,%s,%s,%s".formatted(series, day, day.plusDays(1), number(kwh)));
    }
  }

  private void control() throws IOException {
    List<String> budgets = new ArrayList<>();
    carbonKgOfApp.forEach((app, kg) ->
        budgets.add(
            "%s,head of platform,2025-01-01,2026-01-01,%s"
                .formatted(app, number(BUDGET_OVER_USE * kg))));
    table("budgets", "service,owner,from,to,carbon_kg", budgets);
    List<String> releases = new ArrayList<>();
    double sci = 0.9;
    int number = 1;
    for (LocalDate day = LocalDate.of(SimulatedTeams.YEAR, 1, 8);
        day.getYear() == SimulatedTeams.YEAR;
        day = day.plusDays(RELEASE_EVERY_DAYS)) {
      double after = sci * noisy(METER_NOISE);
      releases.add(
          "r%03d,assistant,%sT09:00Z,%s,%s,4000000"
              .formatted(number, day, number(sci), number(after)));
      sci = after;
      number++;
    }
    table("releases", "release,service,at,sci_before_g,sci_after_g,units_per_year", releases);
    List<String> forecasts = new ArrayList<>();
    carbonKg.forEach((day, kg) ->
        forecasts.add(
            "%s,%s,%s"
                .formatted(
                    day.minus(7, ChronoUnit.DAYS),
                    day,
                    number(
                        day.equals(SimulatedTeams.CAMPAIGN)
                            ? meanCarbonKg()
                            : kg * noisy(FORECAST_NOISE)))));
    table("forecasts", "made_on,day,carbon_kg", forecasts);
    table(
        "alerts",
        "day,alerted_at,alert",
        List.of(
            "%s,%sT15:30Z,burn-17".formatted(SimulatedTeams.CAMPAIGN, SimulatedTeams.CAMPAIGN)));
  }

  private double meanCarbonKg() {
    return Mean.of(carbonKg.values().stream().mapToDouble(Double::doubleValue).toArray())
        .getAsDouble();
  }

  private void optimisation() throws IOException {
    table(
        "latency",
        "service,from,to,p95_ms,slo_ms",
        List.of(
            "assistant,2025-01-01,2026-01-01,1450,2000",
            "copilot,2025-01-01,2026-01-01,610,800",
            "summaries,2025-01-01,2026-01-01,3900,6000",
            "search,2025-01-01,2026-01-01,85,150",
            "studio,2025-01-01,2026-01-01,7200,10000"));
    table(
        "router",
        "service,from,to,eligible_requests,smallest_requests",
        List.of("assistant,2025-01-01,2026-01-01,2100000,760000"));
    table(
        "utilisation",
        "site,from,to,provisioned_hours,busy_hours",
        List.of("DE,2025-01-01,2026-01-01,140160,71000", "FR,2025-01-01,2026-01-01,70080,39000"));
  }
}
