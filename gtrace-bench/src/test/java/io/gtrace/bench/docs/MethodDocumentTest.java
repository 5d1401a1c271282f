package io.gtrace.bench.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.factor.FactorCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The document on the method says what ships. */
class MethodDocumentTest {
  private static final String WAY_OUT = "run ./method and look at what it changes";

  private static MethodDocument document;
  private static String page;

  @BeforeAll
  static void read() throws IOException {
    document = MethodDocument.of(FactorCatalogue.shipped(), Path.of(".."));
    page = Files.readString(document.page());
  }

  @Test
  void itsTablesAreWhatTheProgramWrites() {
    assertThat(page).as(WAY_OUT).isEqualTo(document.rewritten(page));
  }

  /** By their data: the outlines of their labels depend on the fonts of the machine. */
  @Test
  void itsFiguresShowWhatTheProgramComputes() throws IOException {
    assertThat(document.figures()).isNotEmpty();
    for (Figure figure : document.figures()) {
      assertThat(Files.readString(document.file(figure)))
          .as("%s: %s", figure.name(), WAY_OUT)
          .contains(figure.mark());
      assertThat(page).contains("](figures/" + figure.name() + ".svg)");
    }
  }

  @Test
  void aFigureIsDrawnTheSameEachTime() {
    for (Figure figure : document.figures()) {
      assertThat(figure.svg()).as(figure.name()).isEqualTo(figure.svg()).contains(figure.mark());
    }
  }
}
