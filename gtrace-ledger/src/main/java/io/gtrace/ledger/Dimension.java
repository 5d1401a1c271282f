package io.gtrace.ledger;

import java.util.Locale;

/** What usage can be split by. */
public enum Dimension {
  MODEL,
  TEAM,
  APP,
  SITE,
  HOUR,
  MODALITY;

  /** The name in files and on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
