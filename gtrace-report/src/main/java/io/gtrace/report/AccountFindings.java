package io.gtrace.report;

import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.ledger.Account;
import io.gtrace.ledger.Account.Line;
import io.gtrace.ledger.Dimension;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a reader should take from an account.
 *
 * @param heaviest for each dimension of several lines the one that holds most carbon
 * @param levers what would lower the carbon, largest saving first
 * @param notes what a reader must know, the account's own notes first
 */
record AccountFindings(
    Account account,
    ReportContext context,
    List<Heaviest> heaviest,
    List<Lever> levers,
    List<String> notes) {

  /**
   * The heaviest line of a dimension.
   *
   * @param carbon its share of all carbon
   * @param activities its share of all activities, 0 to 1
   */
  record Heaviest(Dimension dimension, Line line, Quantity carbon, double activities) {}

  static AccountFindings of(Account account, ReportContext context) {
    List<Lever> levers = new ArrayList<>(context.levers());
    levers.addAll(OwnLevers.of(account));
    levers.sort(
        Comparator.comparingDouble((Lever lever) -> lever.savedCarbonKg().median()).reversed());
    return new AccountFindings(account, context, heaviest(account), levers, notes(account));
  }

  /** Whether an account says anything along a dimension. */
  static boolean isSplit(Account account, Dimension dimension) {
    return account.by(dimension).stream().anyMatch(line -> !line.key().isEmpty());
  }

  /** That all of it is text needs no table of its own. */
  static boolean isWorthASection(Account account, Dimension dimension) {
    return isSplit(account, dimension)
        && (dimension != Dimension.MODALITY || account.by(dimension).size() > 1);
  }

  private static List<Heaviest> heaviest(Account account) {
    List<Heaviest> found = new ArrayList<>();
    for (Dimension dimension :
        List.of(Dimension.MODEL, Dimension.TEAM, Dimension.APP, Dimension.SITE)) {
      heaviest(account, dimension).ifPresent(found::add);
    }
    return found;
  }

  private static Optional<Heaviest> heaviest(Account account, Dimension dimension) {
    List<Line> lines = account.by(dimension);
    if (lines.size() < 2 || !isSplit(account, dimension)) {
      return Optional.empty();
    }
    Drawn total = Drawn.of(account.total().footprint(), Impact.CARBON_KG);
    return lines.stream()
        .max(Comparator.comparingDouble(line -> line.footprint().median(Impact.CARBON_KG)))
        .map(line ->
            new Heaviest(
                dimension,
                line,
                Drawn.of(line.footprint(), Impact.CARBON_KG).over(total).quantity(),
                (double) line.activities() / (double) Math.max(1, account.total().activities())));
  }

  private static List<String> notes(Account account) {
    List<String> notes = new ArrayList<>(account.notes());
    for (Dimension dimension : Dimension.values()) {
      if (!account.by(dimension).isEmpty() && !isSplit(account, dimension)) {
        notes.add("The input names no " + dimension.label() + ", so there is no split by it.");
      }
    }
    if (account.refused() > 0) {
      notes.add(
          Figures.count(account.refused())
              + (account.refused() == 1 ? " row was" : " rows were")
              + " refused and "
              + (account.refused() == 1 ? "is" : "are")
              + " not part of any figure here.");
    }
    return notes;
  }
}
