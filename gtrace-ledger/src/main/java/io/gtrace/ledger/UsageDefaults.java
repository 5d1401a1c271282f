package io.gtrace.ledger;

import java.util.EnumMap;
import java.util.Map;

/**
 * What holds for the rows of a usage file that do not say otherwise; an empty text says nothing.
 *
 * @param model the model
 * @param site where it ran
 * @param team who is charged
 * @param app for what
 */
public record UsageDefaults(String model, String site, String team, String app) {
  /** Every row says all that is known of it. */
  public static final UsageDefaults NONE = new UsageDefaults("", "", "", "");

  Map<UsageColumn, String> byColumn() {
    Map<UsageColumn, String> values = new EnumMap<>(UsageColumn.class);
    values.put(UsageColumn.MODEL, model.strip());
    values.put(UsageColumn.SITE, site.strip());
    values.put(UsageColumn.TEAM, team.strip());
    values.put(UsageColumn.APP, app.strip());
    values.values().removeIf(String::isEmpty);
    return values;
  }
}
