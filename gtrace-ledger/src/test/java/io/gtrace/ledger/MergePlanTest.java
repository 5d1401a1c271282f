package io.gtrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.ledger.store.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What is merged when. */
class MergePlanTest {
  private static MergePlan.Part part(int batch, long rows) {
    return new MergePlan.Part(new Run(batch, batch, "f"), rows);
  }

  private static List<MergePlan.Part> parts(long... rows) {
    return IntStream.range(0, rows.length).mapToObj(i -> part(i + 1, rows[i])).toList();
  }

  private static List<Integer> batches(List<Run> runs) {
    return runs.stream().map(Run::batch).toList();
  }

  /** A ledger to which batches were added, each append merging once, and the work of it. */
  private static final class Appended {
    private List<MergePlan.Part> parts = new ArrayList<>();
    private long rewritten;
    private long mostRewritten;
    private int most;

    Appended(int count, IntToLongFunction rows) {
      for (int batch = 1; batch <= count; batch++) {
        parts.add(part(batch, rows.applyAsLong(batch)));
        merge(new MergePlan(List.of(parts)).next());
        most = Math.max(most, parts.size());
      }
    }

    private void merge(List<Run> runs) {
      if (runs.isEmpty()) {
        return;
      }
      int from = parts.indexOf(find(runs.get(0)));
      List<MergePlan.Part> merged = parts.subList(from, from + runs.size());
      assertThat(merged.stream().map(MergePlan.Part::run)).as("neighbours").isEqualTo(runs);
      long rows = merged.stream().mapToLong(MergePlan.Part::rows).sum();
      rewritten += rows;
      mostRewritten = Math.max(mostRewritten, rows);
      MergePlan.Part whole =
          new MergePlan.Part(
              new Run(runs.get(0).first(), runs.get(runs.size() - 1).batch(), "f"), rows);
      List<MergePlan.Part> after = new ArrayList<>(parts.subList(0, from));
      after.add(whole);
      after.addAll(parts.subList(from + runs.size(), parts.size()));
      parts = after;
    }

    private MergePlan.Part find(Run run) {
      return parts.stream().filter(each -> each.run().equals(run)).findFirst().orElseThrow();
    }

    long rows() {
      return parts.stream().mapToLong(MergePlan.Part::rows).sum();
    }
  }

  @Test
  void fewAreLeftHoweverManyCome() {
    Appended small = new Appended(50_000, batch -> 150);

    assertThat(small.rows()).isEqualTo(50_000 * 150);
    assertThat(small.most).isLessThan(70);
    assertThat(small.rewritten).isLessThan(5 * small.rows());
    assertThat(small.mostRewritten).isLessThanOrEqualTo(MergePlan.MOST_ROWS);
  }

  @Test
  void aSingleEventABatchIsMergedAsWell() {
    Appended tiny = new Appended(20_000, batch -> 2);

    assertThat(tiny.most).isLessThan(50);
  }

  @Test
  void oneThatIsLargeStaysAsItIs() {
    Appended large = new Appended(500, batch -> 2_000_000);

    assertThat(large.rewritten).isZero();
  }

  @Property(tries = 200)
  void neverTakesTooMuchAtOnceAndComesToAnEnd(
      @ForAll @Size(min = 1, max = 300) List<@LongRange(max = 600_000) Long> rows) {
    Appended mixed = new Appended(rows.size(), batch -> rows.get(batch - 1));

    assertThat(mixed.rows()).isEqualTo(rows.stream().mapToLong(Long::longValue).sum());
    assertThat(mixed.mostRewritten).isLessThanOrEqualTo(MergePlan.MOST_ROWS);
    int merges = 0;
    for (List<Run> next = new MergePlan(List.of(mixed.parts)).any();
        !next.isEmpty();
        next = new MergePlan(List.of(mixed.parts)).any()) {
      mixed.merge(next);
      merges++;
      assertThat(merges).isLessThan(1_000);
    }
    assertThat(mixed.mostRewritten).isLessThanOrEqualTo(MergePlan.MOST_ROWS);
  }

  @Test
  void waitsUntilThereAreMany() {
    long[] rows = new long[MergePlan.MANY - 1];
    assertThat(new MergePlan(List.of(parts(rows))).next()).isEmpty();
    assertThat(new MergePlan(List.of(parts(rows))).any()).hasSize(MergePlan.MANY - 1);
    assertThat(new MergePlan(List.of(parts(new long[MergePlan.MANY]))).next())
        .hasSize(MergePlan.MANY);
  }

  @Test
  void aLedgerThatHasGatheredManyIsMergedBitByBit() {
    List<Run> first = new MergePlan(List.of(parts(new long[5_000]))).next();

    assertThat(first).hasSize(MergePlan.MOST_RUNS);
    assertThat(batches(first)).startsWith(1).endsWith(MergePlan.MOST_RUNS);
  }

  @Test
  void mergesNothingAcrossABorder() {
    List<MergePlan.Part> all = parts(new long[20]);

    assertThat(new MergePlan(List.of(all.subList(0, 10), all.subList(10, 20))).next()).isEmpty();
    assertThat(batches(new MergePlan(List.of(all.subList(0, 1), all.subList(1, 20))).any()))
        .startsWith(2)
        .endsWith(20);
  }
}
