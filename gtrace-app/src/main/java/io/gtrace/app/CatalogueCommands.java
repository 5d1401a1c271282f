package io.gtrace.app;

import io.gtrace.GTrace;
import io.gtrace.factor.Accelerator;
import io.gtrace.factor.CloudRegion;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.factor.GridZone;
import io.gtrace.factor.Model;
import io.gtrace.factor.Range;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Look-ups in the factor catalogue. */
final class CatalogueCommands {
  private CatalogueCommands() {}

  /** One table of the catalogue, searched by the words of its rows. */
  abstract static class Lookup implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Parameters(arity = "0..1", defaultValue = "", description = "Show only rows with this text.")
    private String search = "";

    @Option(names = "--format", defaultValue = "text", description = "text, json or csv.")
    private OutputFormat format = OutputFormat.text;

    abstract List<String> columns();

    abstract List<List<String>> rows(FactorCatalogue catalogue);

    @Override
    public Integer call() {
      PrintWriter out = Console.out(spec);
      String wanted = search.toLowerCase(Locale.ROOT);
      List<List<String>> found = new ArrayList<>();
      for (List<String> row : rows(GTrace.standard().card().catalogue())) {
        if (String.join(" ", row).toLowerCase(Locale.ROOT).contains(wanted)) {
          found.add(row);
        }
      }
      new TextTable(columns(), found).print(out, format);
      out.flush();
      if (found.isEmpty()) {
        Console.err(spec).println("gtrace: nothing known matches '" + search + "'");
        return ExitCode.UNKNOWN_NAME;
      }
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "models",
      mixinStandardHelpOptions = true,
      description = "Models in the catalogue.",
      footer = {"", "Example: gtrace models llama"})
  static final class Models extends Lookup {
    @Override
    List<String> columns() {
      return List.of(
          "model", "provider", "makes", "parameters (10^9)", "active (10^9)", "known", "aliases");
    }

    @Override
    List<List<String>> rows(FactorCatalogue catalogue) {
      List<List<String>> rows = new ArrayList<>();
      for (Model model : catalogue.models()) {
        rows.add(
            List.of(
                model.id(),
                model.provider(),
                model.modality().label(),
                range(model.totalParametersB()),
                range(model.activeParametersB()),
                model.provenance().tier().label(),
                String.join(" ", model.aliases())));
      }
      return rows;
    }

    private static String range(Range range) {
      return range.low() == range.high()
          ? number(range.low())
          : number(range.low()) + " to " + number(range.high());
    }
  }

  @Command(
      name = "regions",
      mixinStandardHelpOptions = true,
      description = "Cloud regions and grid zones in the catalogue.",
      footer = {"", "Example: gtrace regions france"})
  static final class Regions extends Lookup {
    @Override
    List<String> columns() {
      return List.of("place", "name", "kind", "grid zone", "g/kWh", "PUE", "L/kWh");
    }

    @Override
    List<List<String>> rows(FactorCatalogue catalogue) {
      List<List<String>> rows = new ArrayList<>();
      for (CloudRegion region : catalogue.regions()) {
        GridZone zone = catalogue.zone(region.zone(), Fallback.REFUSE);
        rows.add(
            List.of(
                region.id(),
                region.name() + ", " + region.city(),
                "cloud region",
                zone.id() + " " + zone.name(),
                intensity(catalogue, zone),
                number(region.pue()),
                number(region.wueLPerKwh())));
      }
      for (GridZone zone : catalogue.zones()) {
        rows.add(
            List.of(
                zone.id(),
                zone.name(),
                zone.kind(),
                zone.id(),
                intensity(catalogue, zone),
                "",
                ""));
      }
      return rows;
    }

    private static String intensity(FactorCatalogue catalogue, GridZone zone) {
      return number(catalogue.grid(zone).locationBased(OptionalInt.empty()).median() * 1_000);
    }
  }

  @Command(
      name = "devices",
      mixinStandardHelpOptions = true,
      description = "Accelerators and edge devices in the catalogue.",
      footer = {"", "Example: gtrace devices rtx"})
  static final class Devices extends Lookup {
    @Override
    List<String> columns() {
      return List.of(
          "device",
          "name",
          "class",
          "power (W)",
          "memory (GB)",
          "GB/s",
          "TFLOP/s",
          "made (kgCO2e)");
    }

    @Override
    List<List<String>> rows(FactorCatalogue catalogue) {
      List<List<String>> rows = new ArrayList<>();
      for (Accelerator device : catalogue.accelerators()) {
        rows.add(
            List.of(
                device.id(),
                device.name(),
                device.kind().label(),
                number(device.thermalDesignPowerW()),
                number(device.memoryGb()),
                number(device.memoryBandwidthGbPerS()),
                number(device.bf16Tflops()),
                number(device.embodiedKg())));
      }
      return rows;
    }
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.3f", value);
    return text.replaceAll("0+$", "").replaceAll("\\.$", "");
  }
}
