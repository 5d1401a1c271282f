package io.gtrace.factor;

import io.gtrace.activity.GenerationDefaults;
import io.gtrace.activity.Modality;
import io.gtrace.factor.FactorTable.Entry;
import io.gtrace.factor.FactorTable.Row;
import io.gtrace.factor.HostingProvider.Middled;
import io.gtrace.factor.HourlyProfiles.MonthProfile;
import io.gtrace.factor.TransformerShape.Experts;
import io.gtrace.factor.TransformerShape.SlidingWindow;
import io.gtrace.site.Contract;
import io.gtrace.site.Site;
import io.gtrace.trace.Tier;
import io.gtrace.uncertainty.Correlations;
import io.gtrace.uncertainty.Scatter;
import io.gtrace.uncertainty.Shape;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The factor files as rows, before they are indexed. A file is split into rows when it is first
 * asked for.
 */
final class FactorTables {
  /**
   * To be raised whenever estimators make other figures of the same tables: a ledger keeps what it
   * was priced by under the digest, and prices by that whatever has the same.
   */
  static final int METHOD_VERSION = 1;

  /** The files that ship, and the fields that name a row of each. */
  private static final Map<String, List<String>> KEYS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("accelerators", List.of("id")),
              Map.entry("assumptions", List.of("id")),
              Map.entry("cloud_regions", List.of("provider", "region")),
              Map.entry("grid_hourly_profiles", List.of("zone", "month")),
              Map.entry("grid_impacts", List.of("zone")),
              Map.entry("grid_intensities", List.of("zone", "year", "quantity")),
              Map.entry("grid_zones", List.of("zone")),
              Map.entry("law_correlations", List.of("constant", "other")),
              Map.entry("law_misfits", List.of("law", "model", "accelerator")),
              Map.entry("models", List.of("id")),
              Map.entry("providers", List.of("provider"))));

  private final Map<String, FactorTable> tables = new TreeMap<>();
  private final FactorTable dataCentres = FactorTable.ofUsers(List.of("name"));
  private final Lazy<List<Site.OwnDataCentre>> ownDataCentres =
      new Lazy<>(() -> dataCentres.read(FactorTables::dataCentre));
  private final List<FactorOverrides> users;

  private FactorTables(List<FactorOverrides> users) {
    this.users = List.copyOf(users);
    for (Map.Entry<String, List<String>> key : KEYS.entrySet()) {
      tables.put(key.getKey(), FactorTable.shipped(key.getKey() + ".csv", key.getValue()));
    }
  }

  /** The files that ship beside this class. */
  static FactorTables shipped() {
    return new FactorTables(List.of());
  }

  /**
   * The files that ship beside this class with a user's factors laid over them, file after file.
   *
   * @throws FactorFileException if they do not fit to the files that ship
   */
  static FactorTables shippedWith(List<FactorOverrides> overrides) {
    FactorTables tables = new FactorTables(overrides);
    tables.users.forEach(users -> users.layOver(tables.tables, tables.dataCentres));
    return tables;
  }

  /** Names the set: SHA-256 over the bytes of all its files, and the hours that they refer to. */
  String digest() {
    return digest(METHOD_VERSION);
  }

  /** The digest that the tables would have with another method; the first is not stated. */
  String digest(int methodVersion) {
    MessageDigest digest = sha256();
    tables.values().forEach(table -> digest.update(table.bytes()));
    users.forEach(read -> digest.update(read.bytes()));
    ownDataCentres.get().stream()
        .map(Site.OwnDataCentre::contract)
        .flatMap(Optional::stream)
        .forEach(contract -> digest.update(bytes(contract)));
    if (methodVersion > 1) {
      digest.update(("method " + methodVersion).getBytes(StandardCharsets.UTF_8));
    }
    return "sha256:" + HexFormat.of().formatHex(digest.digest());
  }

  private static byte[] bytes(Contract contract) {
    return contract instanceof Contract.Hourly hourly ? hourly.matched().bytes() : new byte[0];
  }

  /** All rows as they are written, a user's first in each table. */
  List<FactorRow> rows() {
    return Stream.concat(
            dataCentres.asWritten("data_centres").stream(),
            tables.entrySet().stream()
                .flatMap(table -> table.getValue().asWritten(table.getKey()).stream()))
        .toList();
  }

  List<Entry<Model>> models() {
    return table("models").entries(FactorTables::model);
  }

  List<Entry<GridZone>> zones() {
    return table("grid_zones").entries(FactorTables::zone);
  }

  List<Entry<GridIntensity>> intensities() {
    return table("grid_intensities").entries(FactorTables::intensity);
  }

  List<GridImpacts> impacts() {
    return table("grid_impacts").read(FactorTables::impacts);
  }

  List<Entry<MonthProfile>> profiles() {
    return table("grid_hourly_profiles").entries(MonthProfile::of);
  }

  List<Entry<CloudRegion>> regions() {
    return table("cloud_regions").entries(FactorTables::region);
  }

  List<Entry<Accelerator>> accelerators() {
    return table("accelerators").entries(FactorTables::accelerator);
  }

  List<HostingProvider> providers() {
    return table("providers").read(FactorTables::provider);
  }

  List<Entry<Assumption>> assumptions() {
    return table("assumptions").entries(FactorTables::assumption);
  }

  List<LawMisfit> misfits() {
    return table("law_misfits").read(FactorTables::misfit);
  }

  Correlations correlations() {
    return Correlations.of(table("law_correlations").read(FactorTables::correlation));
  }

  List<Site.OwnDataCentre> dataCentres() {
    return ownDataCentres.get();
  }

  private FactorTable table(String name) {
    FactorTable table = tables.get(name);
    if (table == null) {
      throw new IllegalStateException(name + " is not among the factor files");
    }
    return table;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  private static Model model(Row row) {
    Tier tier = row.constant("params_tier", Tier.class);
    GenerationDefaults common = GenerationDefaults.COMMON;
    return new Model(
        row.required("id"),
        row.required("provider"),
        row.required("name"),
        row.required("family"),
        row.constant("modality", Modality.class),
        row.constant("architecture", Architecture.class),
        row.yes("open_weights"),
        range(row, "total_params_b_low", "total_params_b_high"),
        range(row, "active_params_b_low", "active_params_b_high"),
        row.optionalPrecision("precision"),
        transformer(row),
        denoiser(row),
        new GenerationDefaults(
            row.integer("default_width_px", common.widthPx()),
            row.integer("default_height_px", common.heightPx()),
            row.integer("default_steps", common.steps()),
            row.integer("default_frames", common.frames()),
            row.optionalNumber("default_fps").orElse(common.framesPerSecond())),
        row.optionalNumber("output_tokens_per_s"),
        row.list("aliases"),
        row.provenance(tier),
        List.of());
  }

  private static Optional<TransformerShape> transformer(Row row) {
    if (!row.hasAny("layers", "kv_bytes_per_token", "experts", "experts_per_token")) {
      return Optional.empty();
    }
    int layers = row.integer("layers");
    int experts = row.integer("experts", 0);
    return Optional.of(
        new TransformerShape(
            layers,
            row.optionalInteger("width"),
            Math.round(row.number("kv_bytes_per_token")),
            new SlidingWindow(
                Math.round(row.optionalNumber("windowed_kv_bytes_per_token").orElse(0)),
                row.integer("window_tokens", 0)),
            Math.round(row.optionalNumber("recurrent_state_bytes").orElse(0)),
            new Experts(
                experts,
                row.integer("experts_per_token", 0),
                row.integer("expert_layers", experts > 0 ? layers : 0))));
  }

  private static Optional<DenoiserShape> denoiser(Row row) {
    if (!row.hasAny(
        "denoiser_params_b",
        "denoising_passes",
        "pixels_per_latent_token",
        "frames_per_latent_frame",
        "denoiser_layers",
        "denoiser_width",
        "denoiser_attention",
        "denoiser_text_tokens")) {
      return Optional.empty();
    }
    return Optional.of(
        new DenoiserShape(
            row.number("denoiser_params_b"),
            row.integer("denoising_passes"),
            row.integer("pixels_per_latent_token"),
            row.optionalNumber("frames_per_latent_frame").orElse(1),
            row.constant("denoiser_attention", DenoiserShape.Attention.class),
            row.hasAny("denoiser_layers", "denoiser_width")
                ? Optional.of(
                    new DenoiserShape.Blocks(
                        row.integer("denoiser_layers"), row.integer("denoiser_width")))
                : Optional.empty(),
            row.integer("denoiser_text_tokens", 0)));
  }

  private static Range range(Row row, String lowField, String highField) {
    try {
      return new Range(row.number(lowField), row.number(highField));
    } catch (FactorFileException named) {
      throw named;
    } catch (IllegalArgumentException badRange) {
      throw row.error(lowField, String.valueOf(badRange.getMessage()));
    }
  }

  private static GridZone zone(Row row) {
    return new GridZone(
        row.required("zone"),
        row.required("kind"),
        row.required("name"),
        row.text("parent"),
        position(row),
        row.list("aliases"),
        row.provenance(Tier.DISCLOSED));
  }

  private static Optional<Position> position(Row row) {
    OptionalDouble latitude = row.optionalNumber("latitude");
    OptionalDouble longitude = row.optionalNumber("longitude");
    return latitude.isPresent() && longitude.isPresent()
        ? Optional.of(new Position(latitude.getAsDouble(), longitude.getAsDouble()))
        : Optional.empty();
  }

  private static GridIntensity intensity(Row row) {
    double gPerKwh = row.number("g_per_kwh");
    if (!(gPerKwh > 0 && gPerKwh < 2_000)) {
      throw row.error("g_per_kwh", "must be above 0 and below 2,000, not " + gPerKwh);
    }
    return new GridIntensity(
        row.required("zone"),
        row.constant("quantity", GridIntensity.Basis.class),
        gPerKwh / 1_000,
        row.provenance(row.constant("tier", Tier.class)));
  }

  private static GridImpacts impacts(Row row) {
    return new GridImpacts(
        row.required("zone"),
        row.number("water_l_per_kwh"),
        row.optionalNumber("adpe_kgsbeq_per_kwh"),
        row.optionalNumber("primary_energy_mj_per_kwh"),
        row.provenance(Tier.MODELLED));
  }

  private static CloudRegion region(Row row) {
    OptionalDouble market = row.optionalNumber("market_g_per_kwh");
    return new CloudRegion(
        row.required("provider"),
        row.required("region"),
        row.required("name"),
        row.required("zone"),
        row.required("country"),
        row.required("city"),
        new Position(row.number("latitude"), row.number("longitude")),
        row.number("pue"),
        row.required("pue_scope").equals("provider"),
        row.number("wue_l_per_kwh"),
        row.required("wue_scope").equals("provider"),
        row.optionalNumber("cfe_share"),
        market.isPresent()
            ? OptionalDouble.of(market.getAsDouble() / 1_000)
            : OptionalDouble.empty(),
        row.list("aliases"),
        row.provenance(Tier.DISCLOSED));
  }

  private static Accelerator accelerator(Row row) {
    return new Accelerator(
        row.required("id"),
        row.required("name"),
        row.required("vendor"),
        row.constant("class", Accelerator.Kind.class),
        row.number("tdp_w"),
        row.optionalNumber("idle_w"),
        row.number("memory_gb"),
        row.number("memory_bandwidth_gb_s"),
        row.number("bf16_dense_tflops"),
        row.optionalNumber("fp8_dense_tflops"),
        row.optionalNumber("fp4_dense_tflops"),
        row.number("embodied_kgco2e"),
        row.constant("embodied_tier", Tier.class),
        row.list("aliases"),
        row.provenance(Tier.DISCLOSED),
        Optional.empty());
  }

  private static Site.OwnDataCentre dataCentre(Row row) {
    String accelerator = row.optionalText("accelerator");
    return new Site.OwnDataCentre(
        row.required("name"),
        row.required("zone"),
        row.number("pue"),
        row.optionalNumber("wue_l_per_kwh").orElse(0),
        ContractFields.read(row),
        accelerator.isEmpty() ? Optional.empty() : Optional.of(accelerator));
  }

  private static HostingProvider provider(Row row) {
    return new HostingProvider(
        row.required("provider"),
        row.required("name"),
        row.required("default_zone"),
        new Middled(row.number("pue_low"), row.number("pue"), row.number("pue_high")),
        new Middled(row.number("wue_low"), row.number("wue"), row.number("wue_high")),
        row.required("hosting"),
        row.provenance(Tier.DISCLOSED));
  }

  private static Assumption assumption(Row row) {
    Scatter scatter;
    try {
      scatter =
          Scatter.of90(
              row.number("low"),
              row.number("median"),
              row.number("high"),
              row.constant("shape", Shape.class));
    } catch (FactorFileException named) {
      throw named;
    } catch (IllegalArgumentException badScatter) {
      throw row.error("median", String.valueOf(badScatter.getMessage()));
    }
    return new Assumption(
        row.required("id"),
        row.required("meaning"),
        row.text("unit"),
        scatter,
        row.provenance(row.constant("tier", Tier.class)));
  }

  private static LawMisfit misfit(Row row) {
    return new LawMisfit(
        row.required("law"),
        row.required("model"),
        row.required("backbone"),
        row.required("accelerator"),
        row.integer("rows"),
        row.number("log_median"),
        row.number("log_sd"),
        row.provenance(Tier.MEASURED));
  }

  private static Correlations.Pair correlation(Row row) {
    return new Correlations.Pair(
        row.required("constant"), row.required("other"), row.number("correlation"));
  }
}
