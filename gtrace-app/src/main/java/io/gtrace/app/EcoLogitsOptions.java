package io.gtrace.app;

import io.gtrace.activity.TextGeneration;
import io.gtrace.ecologits.DataCentre;
import io.gtrace.ecologits.EcoLogits;
import io.gtrace.ecologits.EcoLogitsCatalogue;
import io.gtrace.ecologits.ElectricityMix;
import io.gtrace.ecologits.RequestImpacts;
import io.gtrace.ecologits.ServedModel;
import io.gtrace.ecologits.ValueRange;
import io.gtrace.factor.FactorCatalogue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Option;

/** What the EcoLogits method takes in place of a model and a region, all of it or nothing. */
final class EcoLogitsOptions {
  @Option(
      names = {"--active-params", "--active-parameters"},
      paramLabel = "BILLIONS",
      converter = RangeConverter.class,
      description = "EcoLogits: parameters that act on a token; a range as 20..70.")
  private Optional<ValueRange> activeParametersB = Optional.empty();

  @Option(
      names = {"--total-params", "--total-parameters"},
      paramLabel = "BILLIONS",
      converter = RangeConverter.class,
      description = "EcoLogits: parameters stored; a range as 20..70.")
  private Optional<ValueRange> totalParametersB = Optional.empty();

  @Option(
      names = "--latency",
      paramLabel = "SECONDS",
      description = "EcoLogits: seconds that the request took.")
  private Optional<Double> latencyS = Optional.empty();

  @Option(
      names = "--tps",
      paramLabel = "SPEED",
      description = "EcoLogits: published output tokens per second.")
  private Optional<Double> tokensPerS = Optional.empty();

  @Option(
      names = "--ttft",
      paramLabel = "SECONDS",
      description = "EcoLogits: published time to the first token.")
  private Optional<Double> timeToFirstTokenS = Optional.empty();

  @Option(names = "--grid-carbon", paramLabel = "KG", description = "EcoLogits: kgCO2e of a kWh.")
  private Optional<Double> gridCarbonKg = Optional.empty();

  @Option(
      names = "--grid-adpe",
      paramLabel = "KG",
      description = "EcoLogits: abiotic depletion of a kWh, kg antimony equivalent.")
  private Optional<Double> gridAdpeKgSbEq = Optional.empty();

  @Option(
      names = "--grid-primary-energy",
      paramLabel = "MJ",
      description = "EcoLogits: primary energy of a kWh.")
  private Optional<Double> gridPrimaryEnergyMj = Optional.empty();

  @Option(names = "--grid-water", paramLabel = "L", description = "EcoLogits: water of a kWh.")
  private Optional<Double> gridWaterL = Optional.empty();

  @Option(
      names = "--pue",
      paramLabel = "RATIO",
      converter = RangeConverter.class,
      description = "EcoLogits: facility over IT energy (1.2 or 1.1..1.3).")
  private Optional<ValueRange> pue = Optional.empty();

  @Option(
      names = "--wue",
      paramLabel = "L",
      converter = RangeConverter.class,
      description = "EcoLogits: litres of water on site for a kWh of IT energy; a range as 0.1..1.")
  private Optional<ValueRange> wueLPerKwh = Optional.empty();

  /** Whether any of them is given, so that method must be EcoLogits. */
  boolean areGiven() {
    return latencyS.isPresent()
        || tokensPerS.isPresent()
        || timeToFirstTokenS.isPresent()
        || explicit().values().stream().anyMatch(Optional::isPresent);
  }

  /** What takes the place of a model and a region. */
  private Map<String, Optional<?>> explicit() {
    Map<String, Optional<?>> explicit = new LinkedHashMap<>();
    explicit.put("--active-params", activeParametersB);
    explicit.put("--total-params", totalParametersB);
    explicit.put("--grid-carbon", gridCarbonKg);
    explicit.put("--grid-adpe", gridAdpeKgSbEq);
    explicit.put("--grid-primary-energy", gridPrimaryEnergyMj);
    explicit.put("--grid-water", gridWaterL);
    explicit.put("--pue", pue);
    explicit.put("--wue", wueLPerKwh);
    return explicit;
  }

  /** Whether the model is described by its numbers and not by its name. */
  boolean describeTheModel() {
    return activeParametersB.isPresent() || totalParametersB.isPresent();
  }

  /**
   * @throws IllegalArgumentException if something is missing or out of range
   */
  RequestImpacts impacts(TextGeneration activity, FactorCatalogue catalogue) {
    if (!describeTheModel()) {
      List<String> given =
          explicit().entrySet().stream()
              .filter(each -> each.getValue().isPresent())
              .map(Map.Entry::getKey)
              .toList();
      if (!given.isEmpty() || tokensPerS.isPresent() || timeToFirstTokenS.isPresent()) {
        throw new IllegalArgumentException(
            "grid, data centre and speed go with --active-params and --total-params, in place of"
                + " --model and --region");
      }
      return EcoLogitsCatalogue.shipped(catalogue).impacts(activity, optional(latencyS));
    }
    double tokens = (double) activity.outputTokens() + (double) activity.reasoningTokens();
    double requests = (double) activity.requests();
    return EcoLogits.impacts(
            new ServedModel(
                activeParametersB.or(() -> totalParametersB).orElseThrow(),
                totalParametersB.or(() -> activeParametersB).orElseThrow(),
                optional(tokensPerS),
                optional(timeToFirstTokenS)),
            tokens / requests,
            optional(latencyS),
            new ElectricityMix(
                needed("--grid-carbon", gridCarbonKg),
                needed("--grid-adpe", gridAdpeKgSbEq),
                needed("--grid-primary-energy", gridPrimaryEnergyMj),
                needed("--grid-water", gridWaterL)),
            new DataCentre(needed("--pue", pue), needed("--wue", wueLPerKwh)))
        .times(requests);
  }

  private static <T> T needed(String option, Optional<T> given) {
    return given.orElseThrow(() ->
        new IllegalArgumentException(
            option + " is missing: with --active-params everything is given explicitly"));
  }

  private static OptionalDouble optional(Optional<Double> value) {
    return value.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
  }
}
