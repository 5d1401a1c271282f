package io.gtrace.governance.evidence;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How much a figure or statement is worth, the least first. */
public enum Grade {
  /** Somebody says so. */
  E0("a claim"),
  /** A default factor on somebody's own amounts. */
  E1("a default factor"),
  /** A model, or a join, on own activity data. */
  E2("a model on own activity data"),
  /** A meter or a log that a machine keeps. */
  E3("a meter"),
  /** A meter that a third party has checked. */
  E4("a meter and a third party");

  private final String meaning;

  Grade(String meaning) {
    this.meaning = meaning;
  }

  public String meaning() {
    return meaning;
  }

  /** Whether it is worth as much as another or more. */
  public boolean isAtLeast(Grade other) {
    return compareTo(other) >= 0;
  }

  /** The lesser of two: a figure is worth no more than the weakest thing that it rests on. */
  public Grade and(Grade other) {
    return isAtLeast(other) ? other : this;
  }

  /** The grade of this name, as {@code E3}. */
  public static Optional<Grade> named(String text) {
    String name = text.strip().toUpperCase(Locale.ROOT);
    return Arrays.stream(values()).filter(each -> each.name().equals(name)).findFirst();
  }
}
