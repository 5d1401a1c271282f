package io.gtrace.factor;

import io.gtrace.factor.FactorTable.Row;
import io.gtrace.site.Contract;
import io.gtrace.site.MatchedHours;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The fields of a data centre that say how its electricity is bought; at most one of them may be
 * given.
 */
final class ContractFields {
  /** Carbon of contracted electricity, matched over the year. */
  private static final String ANNUAL = "contract_g_per_kwh";

  /** Shares of consumption that clean energy matches by hour of the day. */
  private static final String SHARES = "hourly_matched_shares";

  /** Metered hours of consumption and contracted clean energy. */
  private static final String METER = "hourly_matched_file";

  static final List<String> NAMES = List.of(ANNUAL, SHARES, METER);

  private ContractFields() {}

  /**
   * @throws FactorFileException if more than one is given, or one is not as it must be
   */
  static Optional<Contract> read(Row row) {
    List<String> given = NAMES.stream().filter(row::hasAny).toList();
    if (given.isEmpty()) {
      return Optional.empty();
    }
    if (given.size() > 1) {
      throw row.error(
          given.get(1), "contradicts " + given.get(0) + ": a contract is matched in one way");
    }
    return Optional.of(
        switch (given.get(0)) {
          case SHARES -> new Contract.Hourly(shares(row));
          case METER ->
              new Contract.Hourly(
                  MeteredHours.read(Path.of(row.file()).resolveSibling(row.required(METER))));
          default -> new Contract.Annual(row.number(ANNUAL) / 1_000);
        });
  }

  private static MatchedHours shares(Row row) {
    try {
      return MatchedHours.ofShares(
          row.list(SHARES).stream().mapToDouble(Double::parseDouble).toArray());
    } catch (NumberFormatException noNumber) {
      throw row.error(SHARES, "must hold numbers alone");
    } catch (IllegalArgumentException refused) {
      throw row.error(SHARES, String.valueOf(refused.getMessage()));
    }
  }
}
