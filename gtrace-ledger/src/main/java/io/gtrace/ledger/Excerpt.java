package io.gtrace.ledger;

/** What of an input can be shown in a message: short, on one line, nothing a terminal obeys. */
public final class Excerpt {
  private static final int LENGTH = 60;

  private Excerpt() {}

  public static String of(String text) {
    String start = text.length() > LENGTH ? text.substring(0, LENGTH) + "…" : text;
    return start.replaceAll("\\p{Cntrl}", "�");
  }
}
