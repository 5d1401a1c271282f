package io.gtrace.report;

import io.gtrace.governance.disclosure.Answer;
import io.gtrace.governance.disclosure.Breach;
import io.gtrace.governance.disclosure.Entry;
import io.gtrace.governance.disclosure.Figure;
import io.gtrace.governance.disclosure.Form;
import io.gtrace.governance.disclosure.Manifest;
import io.gtrace.governance.facts.Estimate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Forms as CSV, a line for each answer and for each field without one. */
public final class DisclosureCsv {
  private static final List<String> HEADER =
      List.of(
          "standard",
          "status",
          "section",
          "field",
          "label",
          "state",
          "draft",
          "key",
          "value",
          "low",
          "high",
          "unit",
          "text",
          "accounts",
          "origin",
          "query",
          "evidence",
          "factor_sets",
          "seal",
          "xbrl",
          "reason",
          "breaks");
  private static final int CELLS_OF_A_FIGURE = 4;
  private static final int CELLS_OF_A_TRACE = 4;

  private DisclosureCsv() {}

  /**
   * @param ledger folder that questions are put to
   */
  public static String of(List<Form> forms, Path ledger) {
    StringBuilder text = new StringBuilder();
    line(text, HEADER);
    for (Form form : forms) {
      for (Entry entry : form.entries()) {
        if (entry.answers().isEmpty()) {
          line(text, cells(form, entry, "", empty(CELLS_OF_A_FIGURE + 3), empty(CELLS_OF_A_TRACE)));
        }
        for (Answer answer : entry.answers()) {
          line(
              text, cells(form, entry, answer.key(), figure(entry, answer), trace(answer, ledger)));
        }
      }
    }
    return text.toString();
  }

  /** A manifest as the evidence table {@code figures}. */
  public static String of(Manifest manifest) {
    StringBuilder text = new StringBuilder();
    line(text, Manifest.COLUMNS);
    manifest.lines().forEach(each -> line(text, each.cells()));
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append(cells.stream().map(CsvText::cell).collect(Collectors.joining(","))).append('\n');
  }

  private static List<String> empty(int cells) {
    return Collections.nCopies(cells, "");
  }

  private static List<String> cells(
      Form form, Entry entry, String key, List<String> figure, List<String> trace) {
    List<String> cells = new ArrayList<>();
    cells.add(form.standard().id());
    cells.add(form.standard().status().label());
    cells.add(entry.field().section());
    cells.add(entry.field().id());
    cells.add(entry.field().label());
    cells.add(entry.state().label());
    cells.add(entry.field().isDraft() || !form.standard().isInForce() ? "DRAFT" : "");
    cells.add(key);
    cells.addAll(figure);
    cells.addAll(trace);
    cells.add(entry.field().xbrl());
    cells.add(entry.reason());
    cells.add(
        form.breaches().stream()
            .filter(each -> each.field().equals(entry.field().id()))
            .map(Breach::toString)
            .collect(Collectors.joining("; ")));
    return cells;
  }

  private static List<String> figure(Entry entry, Answer answer) {
    String accounts =
        answer.accounts().stream()
            .map(each -> each.label())
            .sorted()
            .collect(Collectors.joining("+"));
    if (answer instanceof Answer.Computed computed) {
      Estimate value = computed.figure().value();
      return List.of(
          Double.toString(value.value()),
          Double.toString(value.low()),
          Double.toString(value.high()),
          computed.figure().unit().symbol(),
          "",
          accounts,
          answer.origin());
    }
    if (answer.number().isPresent()) {
      String unit = entry.field().unit().map(each -> each.symbol()).orElse("");
      return List.of(answer.shown(), "", "", unit, "", accounts, answer.origin());
    }
    return List.of("", "", "", "", answer.shown(), accounts, answer.origin());
  }

  private static List<String> trace(Answer answer, Path ledger) {
    if (!(answer instanceof Answer.Computed computed)) {
      return empty(CELLS_OF_A_TRACE);
    }
    Figure figure = computed.figure();
    return List.of(
        figure.trace().command(ledger).orElse(""),
        String.join("; ", figure.trace().evidence()),
        String.join(" ", figure.trace().factorSets()),
        figure.trace().seal());
  }
}
