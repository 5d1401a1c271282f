package io.gtrace.ledger;

import io.gtrace.activity.Activity;
import io.gtrace.activity.Context;
import io.gtrace.activity.Embedding;
import io.gtrace.activity.TextGeneration;
import io.gtrace.activity.TokenVolumeSums;
import io.gtrace.activity.Volumes;
import io.gtrace.ratecard.CardRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Prices what the database summed. Groups with the same key are alike but for their time, so one of
 * them is read like a row of any other format and stands for all.
 */
final class GroupedUsage {
  private static final int SECONDS_PER_HOUR = 3_600;

  private final Cells cells;
  private final UsageReader reader;
  private final ChronoUnit tick;
  private final Map<Long, Activity> examples = new HashMap<>();
  private final Set<PriceKey> refused = new LinkedHashSet<>();
  private long activities;

  /** What the price of tokens depends on, beside the time. */
  record PriceKey(String model, String modality, String site) {}

  /**
   * @param tick what moments are counted in
   */
  GroupedUsage(Cells cells, UsageReader reader, ChronoUnit tick) {
    this.cells = cells;
    this.reader = reader;
    this.tick = tick;
  }

  /**
   * Makes a key known, or refuses it with all its groups.
   *
   * @param key its number, model, modality, site, team, app
   */
  void addKey(ResultSet key) throws SQLException {
    PriceKey priceKey = new PriceKey(key.getString(2), key.getString(3), key.getString(4));
    RowValues values = new RowValues();
    values.put(UsageColumn.MODEL, priceKey.model());
    values.put(UsageColumn.MODALITY, priceKey.modality());
    values.put(UsageColumn.SITE, priceKey.site());
    values.put(UsageColumn.TEAM, key.getString(5));
    values.put(UsageColumn.APP, key.getString(6));
    values.put(UsageColumn.INPUT_TOKENS, "0");
    try {
      Activity example = reader.parser().parse(values.row(0, Map.of()));
      reader.priced(example);
      if (example instanceof TextGeneration || example instanceof Embedding) {
        examples.put(key.getLong(1), example);
        return;
      }
    } catch (RefusedRowException toBeJudgedRowByRow) {
      // Refused below, like what is not priced by the token.
    }
    refused.add(priceKey);
  }

  /**
   * Adds a group to the cells, unless its key was refused.
   *
   * @param group number of its key, hour since 1970, activities, the sums of {@link
   *     TokenVolumeSums}, first and last moment in ticks since 1970
   */
  void add(ResultSet group) throws SQLException {
    Activity example = examples.get(group.getLong(1));
    if (example == null) {
      return;
    }
    long hour = group.getLong(2);
    boolean timed = !group.wasNull();
    Activity activity = timed ? example.in(example.context().on(startOf(hour))) : example;
    Context context = activity.context();
    long count = group.getLong(3);
    CardRow row = row(activity);
    cells.add(row.model(), row, context.when(), context.who(), count, volumes(group, activity));
    activities += count;
    if (timed) {
      cells.seen(Instant.EPOCH.plus(group.getLong(10), tick));
      cells.seen(Instant.EPOCH.plus(group.getLong(11), tick));
    }
  }

  private static Instant startOf(long hour) {
    return Instant.ofEpochSecond(hour * SECONDS_PER_HOUR);
  }

  private CardRow row(Activity activity) {
    try {
      return reader.priced(activity);
    } catch (RefusedRowException pricedWithoutItsTime) {
      throw new IllegalStateException(
          activity + " can be priced, but not at its time", pricedWithoutItsTime);
    }
  }

  private static Volumes volumes(ResultSet group, Activity example) throws SQLException {
    TokenVolumeSums sums =
        new TokenVolumeSums(
            group.getDouble(4),
            group.getDouble(5),
            group.getDouble(6),
            group.getDouble(7),
            group.getDouble(8),
            group.getDouble(9));
    return (example instanceof TextGeneration ? sums : sums.readOnly()).volumes();
  }

  /** Those of which no group was added: their rows are to be read one by one. */
  Set<PriceKey> refused() {
    return refused;
  }

  /** How many activities were added. */
  long activities() {
    return activities;
  }
}
