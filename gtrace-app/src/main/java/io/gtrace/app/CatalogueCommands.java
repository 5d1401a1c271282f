package io.gtrace.app;

import io.gtrace.app.TextTable.Column;
import io.gtrace.factor.Accelerator;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Model;
import io.gtrace.factor.Range;
import io.gtrace.report.CatalogueFields;
import io.gtrace.report.CatalogueFields.PlaceEntry;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
      return Column.with(
          CatalogueFields.MODELS,
          List.of(
              Column.forPeople("model", Model::id),
              Column.forPeople("provider", Model::provider),
              Column.forPeople("makes", model -> model.modality().label()),
              Column.forPeople("parameters (10^9)", model -> range(model.totalParametersB())),
              Column.forPeople("active (10^9)", model -> range(model.activeParametersB())),
              Column.forPeople("known", model -> model.provenance().tier().label()),
              Column.forPeople("aliases", model -> String.join(" ", model.aliases()))));
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

  @Command(
      name = "regions",
      mixinStandardHelpOptions = true,
      description = "Cloud regions and grid zones in the catalogue.",
      footer = {"", "Example: gtrace regions france"})
  static final class Regions extends Lookup<PlaceEntry> {
    @Override
    List<Column<PlaceEntry>> columns() {
      return Column.with(
          CatalogueFields.REGIONS,
          List.of(
              Column.forPeople("place", PlaceEntry::id),
              Column.forPeople("name", PlaceEntry::name),
              Column.forPeople("kind", PlaceEntry::kind),
              Column.forPeople("grid zone", place -> place.zone().id() + " " + place.zone().name()),
              Column.forPeople("g/kWh", PlaceEntry::gramsPerKwh),
              Column.forPeople("PUE", PlaceEntry::pue),
              Column.forPeople("L/kWh", PlaceEntry::wueLPerKwh)));
    }

    @Override
    List<PlaceEntry> entries(FactorCatalogue catalogue) {
      return PlaceEntry.of(catalogue);
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
      return Column.with(
          CatalogueFields.DEVICES,
          List.of(
              Column.forPeople("device", Accelerator::id),
              Column.forPeople("name", Accelerator::name),
              Column.forPeople("class", device -> device.kind().label()),
              Column.forPeople("power (W)", Accelerator::thermalDesignPowerW),
              Column.forPeople("memory (GB)", Accelerator::memoryGb),
              Column.forPeople("GB/s", Accelerator::memoryBandwidthGbPerS),
              Column.forPeople("TFLOP/s", Accelerator::bf16Tflops),
              Column.forPeople("made (kgCO2e)", Accelerator::embodiedKg)));
    }

    @Override
    List<Accelerator> entries(FactorCatalogue catalogue) {
      return catalogue.accelerators();
    }
  }
}
