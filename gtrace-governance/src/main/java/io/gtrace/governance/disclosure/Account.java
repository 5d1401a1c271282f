package io.gtrace.governance.disclosure;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What carbon was counted into a figure. */
public enum Account {
  LOCATION_BASED,
  MARKET_BASED,
  /** Contracts counted only where their energy was made in the same zone and hour. */
  HOURLY_MATCHED,
  EMBODIED,
  /** Sources that the ledger does not see, as fuels; they are the same under every method. */
  OTHER,
  CREDITS,
  /** Of a score: operation and monitoring. */
  CONSUMER,
  /** Of a score: everything before operation and after it. */
  PROVIDER;

  /** The name in files, as {@code location-based}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Account> named(String label) {
    return Arrays.stream(values()).filter(each -> each.label().equals(label)).findFirst();
  }
}
