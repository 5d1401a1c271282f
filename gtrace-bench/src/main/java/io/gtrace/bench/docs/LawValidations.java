package io.gtrace.bench.docs;

import io.gtrace.validation.Validation;
import java.util.List;
import java.util.Locale;

/** What the laws say of the measurements, a validation for each modality. */
record LawValidations(List<Validation> byModality) {
  LawValidations {
    byModality = List.copyOf(byModality);
  }

  /** Both side by side. */
  static String table(LawValidations unseen, LawValidations seen) {
    MarkdownTable table =
        new MarkdownTable(
            "modality",
            "known of the model",
            "rows:",
            "median error:",
            "nine of ten below:",
            "bias:",
            "50 % interval holds:",
            "90 % interval holds:",
            "its high over low:");
    for (int m = 0; m < unseen.byModality().size(); m++) {
      row(table, unseen.byModality().get(m), "nothing (backbone left out)");
      row(table, seen.byModality().get(m), "its measurements");
    }
    return table.toString();
  }

  private static void row(MarkdownTable table, Validation of, String known) {
    table.row(
        of.modality().label(),
        known,
        Integer.toString(of.rows()),
        Numeral.percent(of.medianAbsolutePercentageError() / 100),
        Numeral.percent(of.p90AbsolutePercentageError() / 100),
        String.format(Locale.ROOT, "%+.1f %%", of.medianSignedError()),
        Numeral.percent(of.coverage50()),
        Numeral.percent(of.coverage90()),
        String.format(Locale.ROOT, "%.2f", of.medianIntervalRatio()));
  }
}
