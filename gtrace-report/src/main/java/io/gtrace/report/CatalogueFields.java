package io.gtrace.report;

import io.gtrace.factor.Accelerator;
import io.gtrace.factor.CloudRegion;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.factor.GridZone;
import io.gtrace.factor.Model;
import io.gtrace.factor.Position;
import io.gtrace.governance.routing.Router.Route;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** What programs are told of models, places, devices and routes. */
public final class CatalogueFields {
  public static final List<Field<Model>> MODELS =
      List.of(
          Field.of("model", Model::id),
          Field.of("provider", Model::provider),
          Field.of("modality", model -> model.modality().label()),
          Field.of("total_params_b_low", model -> model.totalParametersB().low()),
          Field.of("total_params_b_high", model -> model.totalParametersB().high()),
          Field.of("active_params_b_low", model -> model.activeParametersB().low()),
          Field.of("active_params_b_high", model -> model.activeParametersB().high()),
          Field.of("params_tier", model -> model.provenance().tier().label()),
          Field.of("open_weights", Model::openWeights),
          Field.of("aliases", model -> String.join(" ", model.aliases())),
          Field.of("source", model -> model.provenance().source()));

  public static final List<Field<PlaceEntry>> REGIONS =
      List.of(
          Field.of("place", PlaceEntry::id),
          Field.of("name", PlaceEntry::name),
          Field.of("kind", PlaceEntry::kind),
          Field.of("grid_zone", place -> place.zone().id()),
          Field.of("grid_g_per_kwh", PlaceEntry::gramsPerKwh),
          Field.of("pue", PlaceEntry::pue),
          Field.of("wue_l_per_kwh", PlaceEntry::wueLPerKwh),
          Field.of("latitude", place -> coordinate(place.position().map(Position::latitude))),
          Field.of("longitude", place -> coordinate(place.position().map(Position::longitude))));

  public static final List<Field<Accelerator>> DEVICES =
      List.of(
          Field.of("device", Accelerator::id),
          Field.of("name", Accelerator::name),
          Field.of("class", device -> device.kind().label()),
          Field.of("power_w", Accelerator::thermalDesignPowerW),
          Field.of("memory_gb", Accelerator::memoryGb),
          Field.of("memory_bandwidth_gb_per_s", Accelerator::memoryBandwidthGbPerS),
          Field.of("bf16_tflops", Accelerator::bf16Tflops),
          Field.of("embodied_kg", Accelerator::embodiedKg),
          Field.of("source", device -> device.provenance().source()));

  public static final List<Field<Route>> ROUTES =
      List.of(
          Field.of("region", Route::region),
          Field.of("start", Route::start),
          Field.of("carbon_kg", route -> route.carbonKg().median()),
          Field.of("carbon_kg_low", route -> route.carbonKg().low()),
          Field.of("carbon_kg_high", route -> route.carbonKg().high()),
          Field.of("probability_of_least", Route::probabilityOfLeast),
          Field.of("energy_kwh", Route::energyKwh),
          Field.of("water_l", Route::waterL),
          Field.of("round_trip_ms", Route::roundTripMs),
          Field.of("hours_known", route -> route.hoursKnown() ? "known" : "not known"));

  private CatalogueFields() {}

  private static OptionalDouble coordinate(Optional<Double> degrees) {
    return degrees.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
  }

  /** A cloud region or a grid zone. */
  public record PlaceEntry(
      String id,
      String name,
      String kind,
      GridZone zone,
      double gramsPerKwh,
      Optional<CloudRegion> region,
      Optional<Position> position) {

    /** All cloud regions, then all grid zones. */
    public static List<PlaceEntry> of(FactorCatalogue catalogue) {
      return Stream.concat(
              catalogue.regions().stream().map(region -> of(catalogue, region)),
              catalogue.zones().stream().map(zone -> of(catalogue, zone)))
          .toList();
    }

    private static PlaceEntry of(FactorCatalogue catalogue, CloudRegion region) {
      GridZone zone = catalogue.zone(region.zone(), Fallback.REFUSE);
      return new PlaceEntry(
          region.id(),
          region.name() + ", " + region.city(),
          "cloud region",
          zone,
          gramsPerKwh(catalogue, zone),
          Optional.of(region),
          Optional.of(region.position()));
    }

    private static PlaceEntry of(FactorCatalogue catalogue, GridZone zone) {
      return new PlaceEntry(
          zone.id(),
          zone.name(),
          zone.kind(),
          zone,
          gramsPerKwh(catalogue, zone),
          Optional.empty(),
          zone.position());
    }

    private static double gramsPerKwh(FactorCatalogue catalogue, GridZone zone) {
      return catalogue.grid(zone).locationBased(OptionalInt.empty()).median() * 1_000;
    }

    public OptionalDouble pue() {
      return region.stream().mapToDouble(CloudRegion::pue).findFirst();
    }

    public OptionalDouble wueLPerKwh() {
      return region.stream().mapToDouble(CloudRegion::wueLPerKwh).findFirst();
    }
  }
}
