package io.gtrace.ledger.query;

import io.gtrace.activity.Driver;
import io.gtrace.activity.Volumes;
import io.gtrace.footprint.Impact;
import io.gtrace.ratecard.DrawnRow;
import io.gtrace.ratecard.HourlyWork;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sums of a period in memory, as fine as some dimensions tell it apart: what is asked along fewer
 * of them is answered without reading the ledger again. Immutable.
 */
public final class LedgerCube {
  private static final Comparator<QueryLine> LARGEST_FIRST =
      Comparator.comparingDouble((QueryLine line) -> -line.footprint().median(Impact.CARBON_KG))
          .thenComparing(line -> String.join("\u0000", line.keys()));
  private static final Comparator<QueryLine> BY_TIME =
      Comparator.comparing(line -> line.keys().get(0));

  private static final Driver[] DRIVERS = Driver.values();

  private final List<GroupBy> dimensions;
  private final List<Cell> cells;
  private final int drawCount;

  /**
   * What is at one row of the card, at one place along the dimensions.
   *
   * @param keys in the order of the dimensions
   * @param amounts less than nothing where the place takes back what others booked
   * @param cardRow the row without its volumes; empty where nobody asks for it
   */
  record Cell(
      List<Object> keys,
      String factorSet,
      long activities,
      Amounts amounts,
      HourlyWork priced,
      Optional<Work> cardRow) {

    double requests() {
      return amounts.of(Driver.REQUESTS);
    }

    double tokens() {
      return amounts.of(Driver.INPUT_TOKENS)
          + amounts.of(Driver.CACHED_INPUT_TOKENS)
          + amounts.of(Driver.OUTPUT_TOKENS);
    }
  }

  /**
   * @param drawCount joint draws of each number of the card
   */
  LedgerCube(List<GroupBy> dimensions, List<Cell> cells, int drawCount) {
    this.dimensions = List.copyOf(dimensions);
    this.cells = List.copyOf(cells);
    this.drawCount = drawCount;
  }

  /**
   * How many sums it is made of, which all that is told of it refers to: one for each row of the
   * card at each place.
   */
  public int sums() {
    return cells.size();
  }

  /** Whether it tells some dimensions apart. */
  public boolean tells(List<GroupBy> wanted) {
    return dimensions.containsAll(wanted);
  }

  /**
   * What is in it, split along dimensions: in order of time if the first of them is one, else
   * largest carbon first.
   *
   * @throws IllegalArgumentException if it does not tell all of them apart
   */
  public List<QueryLine> by(List<GroupBy> wanted) {
    if (!tells(wanted)) {
      throw new IllegalArgumentException(dimensions + " do not tell " + wanted + " apart");
    }
    int[] positions = wanted.stream().mapToInt(dimensions::indexOf).toArray();
    Map<List<Object>, Sum> sums = new LinkedHashMap<>();
    // Cells of a line share their keys as a rule, which are found faster by identity.
    IdentityHashMap<List<Object>, Sum> sumsOfCells = new IdentityHashMap<>();
    for (Cell cell : cells) {
      sumsOfCells
          .computeIfAbsent(
              cell.keys(),
              keys -> sums.computeIfAbsent(chosen(keys, positions), missing -> new Sum()))
          .add(cell);
    }
    List<QueryLine> lines = new ArrayList<>();
    sums.forEach((keys, sum) -> lines.add(sum.line(keys.stream().map(Object::toString).toList())));
    boolean inTime = !wanted.isEmpty() && wanted.get(0).isTime();
    lines.sort(inTime ? BY_TIME.thenComparing(LARGEST_FIRST) : LARGEST_FIRST);
    return List.copyOf(lines);
  }

  private static List<Object> chosen(List<Object> keys, int[] positions) {
    List<Object> chosen = new ArrayList<>(positions.length);
    for (int position : positions) {
      chosen.add(keys.get(position));
    }
    return chosen;
  }

  /** All of it together. */
  public QueryLine total() {
    List<QueryLine> one = by(List.of());
    return one.isEmpty()
        ? new QueryLine(List.of(), 0, 0, 0, HourlyWork.footprint("", List.of(), 2))
        : one.get(0);
  }

  /** What one line is made of. */
  private final class Sum {
    private final IdentityHashMap<DrawnRow, HourlyWork> priced = new IdentityHashMap<>();
    private final List<DrawnRow> inOrder = new ArrayList<>();
    private final Set<String> factorSets = new TreeSet<>();
    private long activities;
    private double requests;
    private double tokens;

    void add(Cell cell) {
      factorSets.add(cell.factorSet());
      activities += cell.activities();
      requests += cell.requests();
      tokens += cell.tokens();
      if (priced.merge(cell.priced().row(), cell.priced(), HourlyWork::plus) == cell.priced()) {
        inOrder.add(cell.priced().row());
      }
    }

    QueryLine line(List<String> keys) {
      List<HourlyWork> works = inOrder.stream().map(priced::get).toList();
      return new QueryLine(
          keys,
          activities,
          Amounts.notNegative(requests),
          Amounts.notNegative(tokens),
          HourlyWork.footprint(String.join("+", factorSets), works, drawCount));
    }
  }

  /** The volumes at each row of the card, in the order of their names. */
  public List<Work> work() {
    Map<Work, double[]> sums = new LinkedHashMap<>();
    for (Cell cell : cells) {
      cell.cardRow()
          .ifPresent(row -> {
            double[] sum = sums.computeIfAbsent(row, missing -> new double[DRIVERS.length]);
            for (Driver driver : DRIVERS) {
              sum[driver.ordinal()] += cell.amounts().of(driver);
            }
          });
    }
    List<Work> work = new ArrayList<>();
    sums.forEach((row, sum) -> work.add(row.with(volumes(sum))));
    work.sort(
        Comparator.comparing(Work::subject)
            .thenComparing(each -> each.modality().label())
            .thenComparing(Work::site)
            .thenComparingInt(each -> each.year().orElse(0))
            .thenComparing(Work::factorSet));
    return List.copyOf(work);
  }

  private static Volumes volumes(double[] sums) {
    Volumes.Builder volumes = new Volumes.Builder();
    for (Driver driver : DRIVERS) {
      volumes.add(driver, Amounts.notNegative(sums[driver.ordinal()]));
    }
    return volumes.build();
  }
}
