package io.gtrace.bench.docs;

import io.gtrace.factor.FactorCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Brings the tables and figures of the document on the method up to date. */
public final class WriteMethod {
  private WriteMethod() {}

  /**
   * With the root of the repository as argument, rewrites the marked regions of {@code
   * docs/method.md} and the pictures in {@code docs/figures}.
   *
   * @throws IOException if a file there cannot be read or written
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      throw new IllegalArgumentException("expected one argument, the root of the repository");
    }
    Path root = Path.of(args[0]);
    MethodDocument document = MethodDocument.of(FactorCatalogue.shipped(), root);
    Path page = document.page();
    Files.writeString(page, document.rewritten(Files.readString(page)));
    Files.createDirectories(document.figuresFolder());
    for (Figure figure : document.figures()) {
      Files.writeString(document.file(figure), figure.svg());
    }
  }
}
