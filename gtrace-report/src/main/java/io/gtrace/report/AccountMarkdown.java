package io.gtrace.report;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Quantity;
import io.gtrace.ledger.Account;
import io.gtrace.ledger.Account.Line;
import io.gtrace.ledger.Dimension;
import io.gtrace.report.LineTable.Cell;
import io.gtrace.report.LineTable.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An account as CommonMark with tables. */
final class AccountMarkdown {
  private static final int TIMES_SHOWN = 31;

  private final StringBuilder text = new StringBuilder();
  private final AccountFindings findings;
  private final Account account;

  private AccountMarkdown(AccountFindings findings) {
    this.findings = findings;
    account = findings.account();
  }

  static String of(AccountFindings findings) {
    AccountMarkdown markdown = new AccountMarkdown(findings);
    markdown.totals();
    markdown.equivalents();
    markdown.levers();
    markdown.sections();
    markdown.method();
    return markdown.text.toString();
  }

  private void totals() {
    Footprint total = account.total().footprint();
    text.append("# ").append(MarkdownText.inert(account.title())).append("\n\n");
    paragraph(
        Words.period(account) + ". Made " + Words.moment(findings.context().generatedAt()) + ".");
    paragraph(Words.summary(account));
    table("", "All", "One activity on average");
    Footprint average = Words.average(account).orElse(total);
    row("Energy", Figures.energy(total.energyKwh()), Figures.energy(average.energyKwh()));
    row("Carbon", Figures.carbon(total.carbonKg()), Figures.carbon(average.carbonKg()));
    row("Water", Figures.water(total.waterL()), Figures.water(average.waterL()));
    row(
        "Tokens",
        Figures.count(account.total().tokens()),
        Figures.count(account.total().tokens() / Math.max(1, account.total().activities())));
    text.append('\n');
    paragraph("In brackets: the interval that holds the true value with a probability of 90 %.");
    heading("What it is made of");
    table("Impact", "What it counts", "Figure");
    for (Words.ImpactLine line : Words.impacts(account)) {
      row(line.name(), line.meaning(), line.inOne());
    }
    text.append('\n');
  }

  private void equivalents() {
    heading("What it compares to");
    for (Equivalent equivalent : Equivalent.values()) {
      Quantity count = equivalent.countIn(account.total().footprint());
      item("about " + Words.equivalent(equivalent, count));
    }
    text.append('\n');
  }

  private void levers() {
    if (findings.heaviest().isEmpty() && findings.levers().isEmpty()) {
      return;
    }
    heading("Biggest levers");
    findings.heaviest().forEach(heaviest -> item(Words.heaviest(heaviest)));
    text.append('\n');
    table("What to do", "Carbon saved", "Basis");
    for (Lever lever : findings.levers()) {
      row(lever.action(), Figures.carbon(lever.savedCarbonKg()), lever.basis());
    }
    text.append('\n');
  }

  private void sections() {
    for (Dimension dimension :
        List.of(
            Dimension.MODEL, Dimension.TEAM, Dimension.APP, Dimension.SITE, Dimension.MODALITY)) {
      if (AccountFindings.isWorthASection(account, dimension)) {
        List<Line> folded = Lines.folded(account.by(dimension));
        Map<String, String> places =
            dimension == Dimension.SITE ? LineTable.placeDetails(account) : Map.of();
        lines(dimension, LineTable.of(Words.keyName(dimension), folded, account, places));
      }
    }
    if (AccountFindings.isSplit(account, Dimension.HOUR)) {
      List<Line> times = Timeline.lines(account, TIMES_SHOWN);
      Map<String, String> partial = Timeline.details(account, TIMES_SHOWN);
      lines(Dimension.HOUR, LineTable.of(Words.keyName(Dimension.HOUR), times, account, partial));
    }
  }

  private void lines(Dimension dimension, LineTable table) {
    heading(Words.heading(dimension));
    figures(
        table.keyName(),
        "Carbon (" + table.carbonUnit() + ")",
        "Share of carbon",
        "Energy (" + table.energyUnit() + ")",
        "Water (" + table.waterUnit() + ")",
        "Activities",
        "Tokens");
    List<Row> rows = new ArrayList<>(table.rows());
    rows.add(table.total());
    for (Row row : rows) {
      row(
          row.detail().isEmpty() ? row.name() : row.name() + " (" + row.detail() + ")",
          cell(row.carbon()),
          cell(row.share()),
          cell(row.energy()),
          cell(row.water()),
          row.activities(),
          row.tokens());
    }
    text.append('\n');
  }

  private static String cell(Cell cell) {
    return cell.range().isEmpty() ? cell.value() : cell.value() + " (" + cell.range() + ")";
  }

  private void method() {
    heading("Method");
    Words.METHOD.forEach(this::paragraph);
    paragraph("Factor set: " + account.total().footprint().factorSet());
    if (!findings.notes().isEmpty()) {
      heading("Notes");
      findings.notes().forEach(this::item);
      text.append('\n');
    }
    heading("Sources");
    findings
        .context()
        .sources()
        .forEach(source ->
            item(
                source.source()
                    + ", "
                    + source.year()
                    + " ("
                    + source.tier().label()
                    + "; "
                    + source.licence()
                    + ")"));
    for (Equivalent equivalent : Equivalent.values()) {
      item(equivalent.things() + ": " + equivalent.constant() + ". " + equivalent.source());
    }
  }

  private void heading(String words) {
    text.append("## ").append(MarkdownText.inert(words)).append("\n\n");
  }

  private void paragraph(String words) {
    text.append(MarkdownText.inert(words)).append("\n\n");
  }

  private void item(String words) {
    text.append("- ").append(MarkdownText.inert(words)).append('\n');
  }

  /** A table whose first column holds words and whose others hold figures. */
  private void figures(String... names) {
    row(names);
    text.append("|---").append("|---:".repeat(names.length - 1)).append("|\n");
  }

  private void table(String... names) {
    row(names);
    text.append("|---".repeat(names.length)).append("|\n");
  }

  private void row(String... cells) {
    for (String cell : cells) {
      text.append("| ").append(MarkdownText.inert(cell)).append(' ');
    }
    text.append("|\n");
  }
}
