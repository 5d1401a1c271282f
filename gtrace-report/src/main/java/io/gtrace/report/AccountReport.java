package io.gtrace.report;

import io.gtrace.ledger.Account;
import java.util.List;

/**
 * An account as people and machines read it.
 *
 * <p>The four forms hold the same figures. CSV and JSON list every line of the account; HTML and
 * Markdown fold the smallest lines of a long list into one. Names from the account are data in all
 * four: they can neither run in a browser nor in a spreadsheet.
 */
public final class AccountReport {
  private final Account account;
  private final ReportContext context;

  private AccountReport(Account account, ReportContext context) {
    this.account = account;
    this.context = context;
  }

  public static AccountReport of(Account account, ReportContext context) {
    return new AccountReport(account, context);
  }

  /** What would lower the carbon, the same in every form, largest saving first. */
  public List<Lever> levers() {
    return List.copyOf(AccountFindings.of(account, context).levers());
  }

  /** One self-contained page for screen and paper that asks nothing of the network. */
  public String html() {
    return new AccountPage(AccountFindings.of(account, context)).rendered("account.jte");
  }

  /** The same report as CommonMark with tables. */
  public String markdown() {
    return AccountMarkdown.of(AccountFindings.of(account, context));
  }

  /**
   * One tidy table, RFC 4180: the total and then every line of every dimension; units are in the
   * names of the columns, cells of unknown figures are empty.
   */
  public String csv() {
    return AccountCsv.of(account);
  }

  /** One JSON object with every line; footprints in the shape of {@link FootprintJson}. */
  public String json() {
    return AccountJson.of(AccountFindings.of(account, context));
  }
}
