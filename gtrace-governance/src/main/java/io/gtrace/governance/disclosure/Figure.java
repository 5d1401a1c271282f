package io.gtrace.governance.disclosure;

import io.gtrace.governance.facts.Estimate;
import java.util.EnumSet;
import java.util.Set;

/**
 * A figure that was computed.
 *
 * @param key what it is of where there are several, as a modality or a site; else empty
 * @param value with the interval that the errors which all calls share leave
 * @param accounts what carbon is in it; empty for other amounts
 */
public record Figure(
    String key, Estimate value, UnitOfMeasure unit, Set<Account> accounts, FigureTrace trace) {

  public Figure {
    accounts = Set.copyOf(accounts);
  }

  /** The same figure in another unit. */
  Figure in(UnitOfMeasure other) {
    double factor = unit.in(other);
    return new Figure(key, value.times(factor), other, accounts, trace.times(factor));
  }

  static Set<Account> accounts(Account... accounts) {
    Set<Account> set = EnumSet.noneOf(Account.class);
    for (Account each : accounts) {
      set.add(each);
    }
    return set;
  }
}
