package io.gtrace.bench.docs;

import io.gtrace.GTrace;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.validation.ModelKnowledge;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code docs/method.md}: what its marked regions hold, and its figures. */
final class MethodDocument {
  private final Path root;
  private final Map<String, String> regions = new LinkedHashMap<>();
  private final List<Figure> figures;

  private MethodDocument(Path root, List<Figure> figures) {
    this.root = root;
    this.figures = figures;
  }

  /**
   * @param root of the repository, whose sources hold the constants that are not data
   */
  static MethodDocument of(FactorCatalogue catalogue, Path root) throws IOException {
    ShippedMeasurements measurements = ShippedMeasurements.read(catalogue);
    ExampleCall example = new ExampleCall(GTrace.of(catalogue, Fallback.REFUSE));
    LawValidations unseen = measurements.validated(catalogue, ModelKnowledge.UNSEEN);
    LawValidations seen = measurements.validated(catalogue, ModelKnowledge.MEASURED);
    MethodDocument document =
        new MethodDocument(
            root,
            List.of(
                OutputTokenFigure.of(catalogue, measurements),
                ImageSharingFigure.of(catalogue, measurements),
                UnseenFigure.of(unseen),
                SharesFigure.of(example)));
    document.regions.put("drivers", DriverTable.table());
    new ConstantTables(catalogue).addTo(document.regions);
    FixedConstants.of(root).addTo(document.regions);
    new FitTables(catalogue).addTo(document.regions);
    document.regions.put("grid-sources", GridSources.table());
    document.regions.put("measurements", measurements.table());
    document.regions.put("validation", LawValidations.table(unseen, seen));
    document.regions.put("example", example.table());
    document.regions.put("shares", example.sharesTable());
    return document;
  }

  Path page() {
    return root.resolve("docs/method.md");
  }

  Path figuresFolder() {
    return root.resolve("docs/figures");
  }

  Path file(Figure figure) {
    return figuresFolder().resolve(figure.name() + ".svg");
  }

  List<Figure> figures() {
    return figures;
  }

  /**
   * The document with its regions as they should be.
   *
   * @throws IllegalArgumentException if it lacks a region or has one that nothing is known for
   */
  String rewritten(String document) {
    return MarkedRegions.rewritten(document, regions);
  }
}
