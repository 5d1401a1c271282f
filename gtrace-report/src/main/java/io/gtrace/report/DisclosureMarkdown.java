package io.gtrace.report;

import io.gtrace.governance.disclosure.Answer;
import io.gtrace.governance.disclosure.Entry;
import io.gtrace.governance.disclosure.Figure;
import io.gtrace.governance.disclosure.Form;
import io.gtrace.governance.disclosure.Standard;
import io.gtrace.governance.facts.Estimate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Forms as CommonMark with tables, each figure with a number under which its trace stands. */
public final class DisclosureMarkdown {
  private final StringBuilder text = new StringBuilder();
  private final Path ledger;
  private final List<Figure> traced = new ArrayList<>();

  private DisclosureMarkdown(Path ledger) {
    this.ledger = ledger;
  }

  /**
   * @param ledger folder that questions are put to
   */
  public static String of(List<Form> forms, Path ledger) {
    StringBuilder all = new StringBuilder();
    for (Form form : forms) {
      DisclosureMarkdown markdown = new DisclosureMarkdown(ledger);
      markdown.form(form);
      all.append(all.isEmpty() ? "" : "\n").append(markdown.text);
    }
    return all.toString();
  }

  private void form(Form form) {
    Standard standard = form.standard();
    text.append("# ").append(MarkdownText.inert(standard.title())).append("\n\n");
    if (!standard.mark().isEmpty()) {
      text.append("**").append(MarkdownText.inert(standard.mark())).append("**\n\n");
    }
    paragraph(form.organisation() + ", " + form.period());
    paragraph(
        standard.act()
            + " ("
            + standard.status().label()
            + ", "
            + standard.date()
            + "): "
            + standard.source());
    paragraph(standard.note());
    if (form.notApplicable().isPresent()) {
      paragraph("Does not apply: " + form.notApplicable().get() + ".");
      return;
    }
    paragraph(form.filledRequired() + " of " + form.required() + " required fields are filled.");
    sections(form);
    list("Missing", missing(form));
    list("Breaks rules", form.breaches().stream().map(Object::toString).toList());
    list("Not used", form.remarks());
    traces();
  }

  private static List<String> missing(Form form) {
    return form.missing().stream()
        .map(each -> each.field().label() + ": " + each.reason())
        .toList();
  }

  private void sections(Form form) {
    Set<String> sections = new LinkedHashSet<>();
    form.entries().forEach(entry -> sections.add(entry.field().section()));
    for (String section : sections) {
      List<Entry> entries =
          form.entries().stream().filter(each -> each.field().section().equals(section)).toList();
      boolean draft = entries.get(0).field().isDraft();
      heading((draft ? "DRAFT: " : "") + section);
      row("Field", "Answer", "90 % interval", "Unit", "Trace");
      text.append("|---|---|---|---|---|\n");
      entries.forEach(this::rows);
      text.append('\n');
    }
  }

  private void rows(Entry entry) {
    String label = entry.field().label();
    if (entry.answers().isEmpty()) {
      row(label, entry.state().label(), "", "", "");
    }
    for (Answer answer : entry.answers()) {
      String named = answer.key().isEmpty() ? label : label + " (" + answer.key() + ")";
      if (answer instanceof Answer.Computed computed) {
        figureRow(named, computed);
      } else {
        String unit =
            answer.number().isPresent()
                ? entry.field().unit().map(each -> each.symbol()).orElse("")
                : "";
        row(named, answer.shown(), "", unit, answer.origin());
      }
    }
  }

  private void figureRow(String label, Answer.Computed answer) {
    Figure figure = answer.figure();
    Estimate value = figure.value();
    traced.add(figure);
    String interval =
        value.low() == value.high()
            ? ""
            : Figures.rounded(value.low()) + " to " + Figures.rounded(value.high());
    row(label, answer.shown(), interval, figure.unit().symbol(), Integer.toString(traced.size()));
  }

  private void traces() {
    if (traced.isEmpty()) {
      return;
    }
    heading("Traces");
    for (int i = 0; i < traced.size(); i++) {
      Figure figure = traced.get(i);
      text.append(i + 1)
          .append(". ")
          .append(MarkdownText.inert(figure.trace().formula()))
          .append("\n");
      figure
          .trace()
          .command(ledger)
          .ifPresent(command ->
              detail(
                  figure.trace().isWhole() ? "gives the figure" : "gives what the ledger adds",
                  command));
      figure.trace().evidence().forEach(each -> detail("evidence", each));
    }
    text.append('\n');
    Figure first = traced.get(0);
    paragraph("Newest seal of the ledger: " + first.trace().seal());
    Set<String> sets = new LinkedHashSet<>();
    traced.forEach(each -> sets.addAll(each.trace().factorSets()));
    paragraph("Factor sets: " + String.join(", ", sets));
  }

  private void detail(String name, String words) {
    text.append("   - ").append(name).append(": ").append(MarkdownText.inert(words)).append('\n');
  }

  private void list(String name, List<String> items) {
    if (items.isEmpty()) {
      return;
    }
    heading(name);
    items.forEach(each -> text.append("- ").append(MarkdownText.inert(each)).append('\n'));
    text.append('\n');
  }

  private void heading(String words) {
    text.append("## ").append(MarkdownText.inert(words)).append("\n\n");
  }

  private void paragraph(String words) {
    if (!words.isEmpty()) {
      text.append(MarkdownText.inert(words)).append("\n\n");
    }
  }

  private void row(String... cells) {
    for (String cell : cells) {
      text.append("| ").append(MarkdownText.inert(cell)).append(' ');
    }
    text.append("|\n");
  }
}
