package io.gtrace.app;

import io.gtrace.app.TextTable.Column;
import io.gtrace.governance.disclosure.Answer;
import io.gtrace.governance.disclosure.Entry;
import io.gtrace.governance.disclosure.Form;
import io.gtrace.governance.disclosure.Standard;
import io.gtrace.governance.disclosure.Standards;
import io.gtrace.governance.facts.Estimate;
import io.gtrace.report.Figures;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** Forms as text for a terminal. */
final class DisclosureText {
  private final PrintWriter out;

  private DisclosureText(PrintWriter out) {
    this.out = out;
  }

  static void list(PrintWriter out, Standards standards) {
    new TextTable<>(
            List.of(
                Column.<Standard>forPeople("standard", Standard::id),
                Column.<Standard>forPeople("title", Standard::title),
                Column.<Standard>forPeople("status", each -> each.status().label()),
                Column.<Standard>forPeople("of", Standard::date),
                Column.<Standard>forPeople("fields", each -> each.fields().size()),
                Column.<Standard>forPeople("rules", each -> each.rules().size())),
            standards.all())
        .print(out, OutputFormat.text);
  }

  static String of(List<Form> forms) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    for (int i = 0; i < forms.size(); i++) {
      if (i > 0) {
        out.println();
      }
      new DisclosureText(out).form(forms.get(i));
    }
    out.flush();
    return text.toString();
  }

  private void form(Form form) {
    Standard standard = form.standard();
    line(standard.title() + ": " + form.organisation() + ", " + form.period());
    if (!standard.mark().isEmpty()) {
      line("  " + standard.mark());
    }
    if (form.notApplicable().isPresent()) {
      line("  does not apply: " + form.notApplicable().get());
      return;
    }
    line("  " + form.filledRequired() + " of " + form.required() + " required fields filled");
    String section = "";
    for (Entry entry : form.entries()) {
      if (!entry.field().section().equals(section)) {
        section = entry.field().section();
        out.println();
        line((entry.field().isDraft() ? "DRAFT: " : "") + section);
      }
      entry(entry);
    }
    if (!form.breaches().isEmpty()) {
      out.println();
      line("Breaks rules");
      form.breaches().forEach(each -> line("  " + each));
    }
  }

  private void entry(Entry entry) {
    String label = entry.field().label();
    if (entry.answers().isEmpty() || !entry.reason().isEmpty()) {
      line("  " + label + ": " + entry.state().label() + ": " + entry.reason());
    }
    for (Answer answer : entry.answers()) {
      String key = answer.key().isEmpty() ? "" : " (" + answer.key() + ")";
      line("  " + label + key + ": " + words(entry, answer));
    }
  }

  private static String words(Entry entry, Answer answer) {
    if (answer instanceof Answer.Computed computed) {
      Estimate value = computed.figure().value();
      String unit = computed.figure().unit().symbol();
      String low = Figures.rounded(value.low());
      String high = Figures.rounded(value.high());
      String interval = low.equals(high) ? "" : " (" + low + " to " + high + ")";
      return grouped(answer.shown()) + (unit.equals("1") ? "" : " " + unit) + interval;
    }
    String unit =
        answer.number().isPresent()
            ? entry.field().unit().map(each -> " " + each.symbol()).orElse("")
            : "";
    return answer.shown() + unit + " [" + answer.origin() + "]";
  }

  /** A number with its thousands apart, as the ends of its interval are written. */
  private static String grouped(String number) {
    return number.contains("E")
        ? number
        : String.format(
            Locale.ROOT,
            "%,." + Math.max(0, new BigDecimal(number).scale()) + "f",
            new BigDecimal(number));
  }

  /** Names come from files: none may steer the terminal. */
  private void line(String words) {
    out.println(words.replaceAll("\\p{Cntrl}", "\uFFFD"));
  }
}
