package io.gtrace.governance.disclosure;

import java.util.regex.Pattern;

/** Words of commands that somebody may paste into a shell: names in a ledger come from anywhere. */
public final class ShellWord {
  private static final Pattern PLAIN = Pattern.compile("[\\w./:=,@%+-]+");

  private ShellWord() {}

  /** A word that no shell takes apart, in quotes where it needs them. */
  public static String of(String word) {
    return PLAIN.matcher(word).matches() ? word : quoted(word);
  }

  /** The same, always in quotes. */
  static String quoted(String word) {
    boolean isSafeInDouble = word.chars().noneMatch(each -> "\"\\$`!".indexOf(each) >= 0);
    return isSafeInDouble ? '"' + word + '"' : "'" + word.replace("'", "'\\''") + "'";
  }
}
