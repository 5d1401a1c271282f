package io.gtrace.bench.disclosure;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.uncertainty.Draws;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whole estimates beside published figures of outputs and of training runs. */
public final class Disclosures {
  static final String BEGIN = "<!-- written by ./disclosures -->\n";
  static final String END = "<!-- end of what ./disclosures writes -->\n";

  private final FactorCatalogue catalogue;

  Disclosures(FactorCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * Prints the tables. With a Markdown file as argument, writes them between its two markers
   * instead.
   *
   * @throws IOException if that file cannot be read or written
   * @throws IllegalStateException if it lacks the markers
   */
  public static void main(String[] args) throws IOException {
    String markdown = new Disclosures(FactorCatalogue.shipped()).markdown();
    if (args.length == 0) {
      new PrintStream(System.out, true, StandardCharsets.UTF_8).print(markdown);
      return;
    }
    Path document = Path.of(args[0]);
    String text = Files.readString(document);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalStateException(document + " lacks the lines " + BEGIN + END);
    }
    Files.writeString(
        document, text.substring(0, begin + BEGIN.length()) + markdown + text.substring(end));
  }

  ComparisonTable outputs() {
    return compared(new PublishedOutputs(catalogue).figures());
  }

  ComparisonTable trainingRuns() {
    return compared(new PublishedTrainingRuns(catalogue).figures());
  }

  private ComparisonTable compared(List<Figure> figures) {
    Draws draws = Draws.standard(catalogue.correlations());
    return new ComparisonTable(
        figures.stream().map(figure -> Comparison.of(figure, draws)).toList());
  }

  /** Both tables. */
  String markdown() {
    return "\n"
        + outputs().markdown("output", "what")
        + "\n"
        + trainingRuns().markdown("training run", "from its")
        + "\n";
  }
}
