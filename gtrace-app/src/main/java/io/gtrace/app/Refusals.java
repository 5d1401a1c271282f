package io.gtrace.app;

import io.gtrace.ledger.Refusal;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells what of some usage was not accounted, and where it is kept. */
final class Refusals {
  private Refusals() {}

  /**
   * @param refused all of them
   * @param examples the first few
   * @param quarantine the file that keeps them; empty if there are none
   * @param remark why that file has another name than was asked for; empty if it has not
   */
  static void tell(
      PrintWriter err,
      long refused,
      List<Refusal> examples,
      Optional<Path> quarantine,
      String remark) {
    quarantine.ifPresent(path -> {
      err.printf(
          Locale.ROOT, "gtrace: %,d row%s not accounted:%n", refused, refused == 1 ? "" : "s");
      examples.forEach(refusal -> err.println("  " + refusal));
      if (refused > examples.size()) {
        err.println("  …");
      }
      err.println(
          "  all of them, with reasons: " + path + (remark.isEmpty() ? "" : " (" + remark + ")"));
      err.flush();
    });
  }

  /**
   * Tells what of some files was not used, of which nothing is kept.
   *
   * @param heading says what it was
   * @param refused all of it, in words
   * @param shown how many are listed at most
   * @return an {@link ExitCode}
   */
  static int tell(PrintWriter err, String heading, List<String> refused, int shown) {
    if (refused.isEmpty()) {
      return ExitCode.DONE;
    }
    err.println("gtrace: " + heading + ":");
    refused.stream().limit(shown).forEach(each -> err.println("  " + each));
    if (refused.size() > shown) {
      err.printf(Locale.ROOT, "  and %,d more%n", refused.size() - shown);
    }
    err.flush();
    return ExitCode.SOME_REFUSED;
  }
}
