package io.gtrace.ledger;

import io.gtrace.activity.Activity;
import io.gtrace.activity.Attribution;
import io.gtrace.activity.Context;
import io.gtrace.activity.Embedding;
import io.gtrace.activity.TextGeneration;
import io.gtrace.activity.TokenVolumeSums;
import io.gtrace.activity.Volumes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Prices what the database summed. Groups with the same model, modality and site are alike but for
 * their time and owner, so one of them is read like a row of any other format and stands for all.
 */
final class GroupedUsage {
  private static final int SECONDS_PER_HOUR = 3_600;
  private static final int MICROS_PER_MILLI = 1_000;

  private final Cells cells;
  private final UsageReader reader;
  private final Map<PriceKey, Optional<Activity>> examples = new HashMap<>();
  private final Set<PriceKey> refused = new LinkedHashSet<>();
  private long activities;

  /** What the price of tokens depends on, beside the time. */
  record PriceKey(String model, String modality, String site) {}

  GroupedUsage(Cells cells, UsageReader reader) {
    this.cells = cells;
    this.reader = reader;
  }

  /**
   * Adds a group to the cells, or refuses it.
   *
   * @param group model, modality, site, team, app, hour since 1970, activities, the sums of {@link
   *     TokenVolumeSums}, first and last moment in microseconds since 1970
   */
  void add(ResultSet group) throws SQLException {
    PriceKey key = new PriceKey(group.getString(1), group.getString(2), group.getString(3));
    Optional<Activity> example = examples.computeIfAbsent(key, this::example);
    if (example.isEmpty()) {
      return;
    }
    Attribution who = new Attribution(group.getString(4).strip(), group.getString(5).strip(), "");
    long hour = group.getLong(6);
    Optional<Instant> when =
        group.wasNull()
            ? Optional.empty()
            : Optional.of(Instant.ofEpochSecond(hour * SECONDS_PER_HOUR));
    Context context = new Context(when, who, example.get().context().site());
    try {
      long count = group.getLong(7);
      cells.add(
          reader.priced(example.get().in(context)),
          when,
          who,
          count,
          volumes(group, example.get()));
      activities += count;
    } catch (RefusedRowException toBeJudgedRowByRow) {
      refuse(key);
      return;
    }
    if (when.isPresent()) {
      cells.seen(Instant.ofEpochMilli(group.getLong(14) / MICROS_PER_MILLI));
      cells.seen(Instant.ofEpochMilli(group.getLong(15) / MICROS_PER_MILLI));
    }
  }

  private Optional<Activity> example(PriceKey key) {
    Map<UsageColumn, String> values = new EnumMap<>(UsageColumn.class);
    ParquetUsage.put(values, UsageColumn.MODEL, key.model());
    ParquetUsage.put(values, UsageColumn.MODALITY, key.modality());
    ParquetUsage.put(values, UsageColumn.SITE, key.site());
    ParquetUsage.put(values, UsageColumn.INPUT_TOKENS, "0");
    try {
      Activity activity = reader.parser().parse(new UsageRow(0, values));
      if (activity instanceof TextGeneration || activity instanceof Embedding) {
        return Optional.of(activity);
      }
    } catch (RefusedRowException toBeJudgedRowByRow) {
      // Refused below, like what is not priced by the token.
    }
    refused.add(key);
    return Optional.empty();
  }

  private void refuse(PriceKey key) {
    refused.add(key);
    examples.put(key, Optional.empty());
  }

  private static Volumes volumes(ResultSet group, Activity example) throws SQLException {
    TokenVolumeSums sums =
        new TokenVolumeSums(
            group.getDouble(8),
            group.getDouble(9),
            group.getDouble(10),
            group.getDouble(11),
            group.getDouble(12),
            group.getDouble(13));
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
