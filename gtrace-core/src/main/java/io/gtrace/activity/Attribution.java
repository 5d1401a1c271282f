package io.gtrace.activity;

/**
 * Who an activity is booked to. Empty text means not known. {@code user} is an opaque id, never a
 * name or an address.
 */
public record Attribution(String team, String app, String user) {
  /** Booked to nobody. */
  public static final Attribution NONE = new Attribution("", "", "");

  public static Attribution ofTeam(String team) {
    return new Attribution(team, "", "");
  }
}
