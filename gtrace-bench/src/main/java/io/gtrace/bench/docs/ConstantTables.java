package io.gtrace.bench.docs;

import io.gtrace.factor.Factor;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.uncertainty.Scatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The constants of the method, a table for each section that uses them. */
final class ConstantTables {
  private static final List<Section> SECTIONS =
      List.of(
          new Section(
              "residual",
              "token-law-residual",
              "token-law-fitted-parameters",
              "image-law-",
              "video-law-",
              "extrapolation-log-sd",
              "unmeasured-accelerator-log-sd"),
          new Section(
              "text",
              "token-law-",
              "cached-input-share",
              "serving-batch",
              "memory-for-weights-share",
              "context-of-windowed-layers"),
          new Section(
              "unpublished-text",
              "cached-bytes-per-token",
              "layers-of-8-billion-parameters",
              "operations-per-token-pair",
              "undisclosed-bits-per-parameter"),
          new Section("pixels", "pixel-law-"),
          new Section(
              "served-pixels",
              "image-serving-",
              "video-serving-",
              "image-tokens-per-megapixel",
              "denoiser-width-over-layers",
              "unpublished-"),
          new Section("audio", "speech-", "music-"),
          new Section("training", "training-", "idle-power-share"),
          new Section("metered", "meter-"),
          new Section("edge", "edge-", "home-computer-", "device-"),
          new Section(
              "server", "server-host-energy-share", "server-idle-energy-share", "load-power-share"),
          new Section(
              "embodied",
              "server-embodied-kg-per-accelerator",
              "server-lifetime-years",
              "server-use",
              "embodied-"),
          new Section("network", "network-"),
          new Section("facility", "pue-", "wue-"),
          new Section("grid", "grid-"),
          new Section("requests", "request-log-sd-"),
          new Section("measured", "measured-"));

  private final FactorCatalogue catalogue;

  ConstantTables(FactorCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * A section of the document.
   *
   * @param beginnings of the names of its constants, or whole names
   */
  private record Section(String name, List<String> beginnings) {
    Section(String name, String... beginnings) {
      this(name, List.of(beginnings));
    }

    boolean holds(String id) {
      return beginnings.stream().anyMatch(id::startsWith);
    }
  }

  /**
   * @throws IllegalStateException if a constant belongs to no section
   */
  void addTo(Map<String, String> regions) {
    Map<String, List<Factor>> sections =
        catalogue.assumptions().stream()
            .collect(Collectors.groupingBy(constant -> sectionOf(constant.id())));
    sections.forEach((name, constants) -> regions.put("constants-" + name, table(constants)));
  }

  private static String sectionOf(String id) {
    return SECTIONS.stream()
        .filter(section -> section.holds(id))
        .findFirst()
        .map(Section::name)
        .orElseThrow(
            () -> new IllegalStateException("no table of docs/method.md shows the constant " + id));
  }

  private static String table(List<Factor> constants) {
    MarkdownTable table =
        new MarkdownTable(
            "constant",
            "meaning",
            "median:",
            "90 % interval",
            "unit",
            "shape",
            "known",
            "source",
            "year");
    constants.stream()
        .sorted(Comparator.comparing(Factor::id))
        .forEach(constant -> {
          Scatter scatter = constant.scatter();
          boolean exact = scatter.isExact();
          table.row(
              "`" + constant.id() + "`",
              constant.meaning(),
              Numeral.of(scatter.median()),
              exact ? "exact" : Numeral.of(scatter.low()) + " to " + Numeral.of(scatter.high()),
              constant.unit().isEmpty() ? "1" : constant.unit(),
              exact ? "" : scatter.shape().name().toLowerCase(Locale.ROOT).replace('_', '-'),
              constant.provenance().tier().label(),
              constant.provenance().source(),
              Integer.toString(constant.provenance().year()));
        });
    return table.toString();
  }
}
