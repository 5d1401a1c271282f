package io.gtrace.app;

import io.gtrace.app.TextTable.Column;
import io.gtrace.factor.Accelerator;
import io.gtrace.factor.CloudRegion;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.factor.GridZone;
import io.gtrace.factor.Model;
import io.gtrace.factor.Position;
import io.gtrace.factor.Range;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Look-ups in the factor catalogue. */
final class CatalogueCommands {
  private CatalogueCommands() {}

  /** One table of the catalogue, searched by the words of its entries. */
  abstract static class Lookup<T> implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;
    @Mixin private FactorFile factors = new FactorFile();

    @Parameters(
        arity = "0..*",
        paramLabel = "WORD",
        description = "Show only entries that hold every one of these words.")
    private List<String> words = List.of();

    @Mixin private TableFormat format = new TableFormat();

    abstract List<Column<T>> columns();

    abstract List<T> entries(FactorCatalogue catalogue);

    @Override
    public Integer call() {
      PrintWriter out = Console.out(spec);
      List<T> found = entries(factors.catalogue()).stream().filter(this::isWanted).toList();
      if (found.isEmpty()) {
        Console.err(spec).println("gtrace: nothing known holds '" + String.join(" ", words) + "'");
        return ExitCode.UNKNOWN_NAME;
      }
      new TextTable<>(columns(), found).print(out, format.chosen());
      out.flush();
      return ExitCode.DONE;
    }

    private boolean isWanted(T entry) {
      String text =
          columns().stream()
              .map(column -> column.shown(entry))
              .collect(Collectors.joining(" "))
              .toLowerCase(Locale.ROOT);
      return words.stream()
          .flatMap(word -> Arrays.stream(word.toLowerCase(Locale.ROOT).strip().split("\\s+")))
          .allMatch(text::contains);
    }
  }

  @Command(
      name = "models",
      mixinStandardHelpOptions = true,
      description = "Models in the catalogue.",
      footer = {"", "Example: gtrace models llama"})
  static final class Models extends Lookup<Model> {
    @Override
    List<Column<Model>> columns() {
      return List.of(
          Column.of("model", "model", Model::id),
          Column.of("provider", "provider", Model::provider),
          Column.of("makes", "modality", model -> model.modality().label()),
          Column.forPeople("parameters (10^9)", model -> range(model.totalParametersB())),
          Column.forPeople("active (10^9)", model -> range(model.activeParametersB())),
          Column.forFiles("total_params_b_low", model -> model.totalParametersB().low()),
          Column.forFiles("total_params_b_high", model -> model.totalParametersB().high()),
          Column.forFiles("active_params_b_low", model -> model.activeParametersB().low()),
          Column.forFiles("active_params_b_high", model -> model.activeParametersB().high()),
          Column.of("known", "params_tier", model -> model.provenance().tier().label()),
          Column.forFiles("open_weights", Model::openWeights),
          Column.of("aliases", "aliases", model -> String.join(" ", model.aliases())),
          Column.forFiles("source", model -> model.provenance().source()));
    }

    @Override
    List<Model> entries(FactorCatalogue catalogue) {
      return catalogue.models();
    }

    private static String range(Range range) {
      String low = Numbers.upToThreeDecimals(range.low());
      return range.low() == range.high()
          ? low
          : low + " to " + Numbers.upToThreeDecimals(range.high());
    }
  }

  /** A cloud region or a grid zone. */
  record PlaceEntry(
      String id,
      String name,
      String kind,
      GridZone zone,
      double gramsPerKwh,
      Optional<CloudRegion> region,
      Optional<Position> position) {

    static PlaceEntry of(FactorCatalogue catalogue, CloudRegion region) {
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

    static PlaceEntry of(FactorCatalogue catalogue, GridZone zone) {
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

    OptionalDouble pue() {
      return region.stream().mapToDouble(CloudRegion::pue).findFirst();
    }

    OptionalDouble wueLPerKwh() {
      return region.stream().mapToDouble(CloudRegion::wueLPerKwh).findFirst();
    }
  }

  @Command(
      name = "regions",
      mixinStandardHelpOptions = true,
      description = "Cloud regions and grid zones in the catalogue.",
      footer = {"", "Example: gtrace regions france"})
  static final class Regions extends Lookup<PlaceEntry> {
    @Override
    List<Column<PlaceEntry>> columns() {
      return List.of(
          Column.of("place", "place", PlaceEntry::id),
          Column.of("name", "name", PlaceEntry::name),
          Column.of("kind", "kind", PlaceEntry::kind),
          Column.forPeople("grid zone", place -> place.zone().id() + " " + place.zone().name()),
          Column.forFiles("grid_zone", place -> place.zone().id()),
          Column.of("g/kWh", "grid_g_per_kwh", PlaceEntry::gramsPerKwh),
          Column.of("PUE", "pue", PlaceEntry::pue),
          Column.of("L/kWh", "wue_l_per_kwh", PlaceEntry::wueLPerKwh),
          Column.forFiles(
              "latitude",
              place -> place.position().stream().mapToDouble(Position::latitude).findFirst()),
          Column.forFiles(
              "longitude",
              place -> place.position().stream().mapToDouble(Position::longitude).findFirst()));
    }

    @Override
    List<PlaceEntry> entries(FactorCatalogue catalogue) {
      return Stream.concat(
              catalogue.regions().stream().map(region -> PlaceEntry.of(catalogue, region)),
              catalogue.zones().stream().map(zone -> PlaceEntry.of(catalogue, zone)))
          .toList();
    }
  }

  @Command(
      name = "devices",
      mixinStandardHelpOptions = true,
      description = "Accelerators and edge devices in the catalogue.",
      footer = {"", "Example: gtrace devices rtx"})
  static final class Devices extends Lookup<Accelerator> {
    @Override
    List<Column<Accelerator>> columns() {
      return List.of(
          Column.of("device", "device", Accelerator::id),
          Column.of("name", "name", Accelerator::name),
          Column.of("class", "class", device -> device.kind().label()),
          Column.of("power (W)", "power_w", Accelerator::thermalDesignPowerW),
          Column.of("memory (GB)", "memory_gb", Accelerator::memoryGb),
          Column.of("GB/s", "memory_bandwidth_gb_per_s", Accelerator::memoryBandwidthGbPerS),
          Column.of("TFLOP/s", "bf16_tflops", Accelerator::bf16Tflops),
          Column.of("made (kgCO2e)", "embodied_kg", Accelerator::embodiedKg),
          Column.forFiles("source", device -> device.provenance().source()));
    }

    @Override
    List<Accelerator> entries(FactorCatalogue catalogue) {
      return catalogue.accelerators();
    }
  }
}
