package io.gtrace.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;

/** An account as one page. */
final class AccountHtml {
  private static final int USUAL_LENGTH = 1_500_000;
  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, AccountHtml.class.getClassLoader(), "io.gtrace.report");

  private AccountHtml() {}

  static String of(AccountFindings findings) {
    StringOutput text = new StringOutput(USUAL_LENGTH);
    TEMPLATES.render("account.jte", new AccountPage(findings), text);
    return text.toString();
  }
}
