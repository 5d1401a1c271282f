package io.gtrace.report;

/** An account as one page. */
final class AccountHtml {
  private AccountHtml() {}

  static String of(AccountFindings findings) {
    String text = AccountMarkdown.of(findings);
    return "<!DOCTYPE html><html lang=en><title>G-TRACE</title><pre>" + text + "</pre>";
  }
}
