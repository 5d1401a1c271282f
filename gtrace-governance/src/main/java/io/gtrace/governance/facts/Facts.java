package io.gtrace.governance.facts;

import io.gtrace.activity.Driver;
import io.gtrace.governance.evidence.Evidence;
import io.gtrace.governance.evidence.EvidenceKinds;
import io.gtrace.governance.evidence.EvidenceRow;
import io.gtrace.governance.evidence.EvidenceTable;
import io.gtrace.governance.evidence.Fault;
import io.gtrace.governance.evidence.Grade;
import io.gtrace.governance.profile.Profile;
import io.gtrace.ratecard.RateCard;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Everything that is known about an organisation in a period: what functions of indicators are
 * given. What is computed of it is computed once. Not for sharing between threads.
 */
public final class Facts {
  private final ReportingPeriod period;
  private final LedgerFacts ledger;
  private final Profile profile;
  private final Evidence evidence;
  private final RateCard card;
  private final double meteredShareNeeded;
  private final Map<Class<?>, Found> found = new HashMap<>();

  /** What came of a computation, or why nothing did. */
  private record Found(Optional<Object> value, String why) {}

  /**
   * @param card the factors at hand, which price what would have been
   * @param meteredShareNeeded share of the energy that meters must cover before what rests on it
   *     counts as metered, 0 to 1
   */
  public Facts(
      ReportingPeriod period,
      LedgerFacts ledger,
      Profile profile,
      Evidence evidence,
      RateCard card,
      double meteredShareNeeded) {
    this.period = period;
    this.ledger = ledger;
    this.profile = profile;
    this.evidence = evidence;
    this.card = card;
    this.meteredShareNeeded = meteredShareNeeded;
  }

  public ReportingPeriod period() {
    return period;
  }

  public LedgerFacts ledger() {
    return ledger;
  }

  public Profile profile() {
    return profile;
  }

  public Evidence evidence() {
    return evidence;
  }

  /** The factors at hand, which price what would have been. */
  public RateCard card() {
    return card;
  }

  /**
   * Something that several indicators need, computed the first time that it is asked for.
   *
   * @param kind what it is
   * @param computation computes it; always the same of one kind
   * @throws UnknownFactException if something is needed that is not known
   */
  public <T> T once(Class<T> kind, Function<Facts, T> computation) {
    Found known = found.get(kind);
    if (known == null) {
      known = computed(computation);
      found.put(kind, known);
    }
    String why = known.why();
    return known.value().map(kind::cast).orElseThrow(() -> new UnknownFactException(why));
  }

  private <T> Found computed(Function<Facts, T> computation) {
    try {
      return new Found(Optional.of(computation.apply(this)), "");
    } catch (UnknownFactException unknown) {
      return new Found(Optional.empty(), String.valueOf(unknown.getMessage()));
    }
  }

  /**
   * The rows of a kind of evidence.
   *
   * @throws UnknownFactException if there are none, or if any row of it is faulty
   */
  public List<EvidenceRow> rows(String kind) {
    EvidenceTable table =
        evidence.table(kind).orElseThrow(() -> new UnknownFactException("hand in " + absent(kind)));
    if (!table.faults().isEmpty()) {
      Fault first = table.faults().get(0);
      int more = table.faults().size() - 1;
      throw new UnknownFactException(
          "mend "
              + first
              + (more > 0 ? " (and " + more + " more in " + table.fileName() + ")" : ""));
    }
    if (table.rows().isEmpty()) {
      throw new UnknownFactException("fill in " + table.file() + ", which has no rows");
    }
    return table.rows();
  }

  /**
   * The rows of a kind of evidence; none where its table says that there was nothing.
   *
   * @throws UnknownFactException if nothing is said, or if any row of it is faulty
   */
  public List<EvidenceRow> rowsOrNone(String kind) {
    return saysNone(kind) ? List.of() : rows(kind);
  }

  /** Whether the table of a kind says that there was nothing. */
  public boolean saysNone(String kind) {
    return evidence.table(kind).filter(EvidenceTable::saysNone).isPresent();
  }

  /** Whether there is any evidence of a kind. */
  public boolean has(String kind) {
    return evidence
        .table(kind)
        .filter(table -> !table.rows().isEmpty() || !table.faults().isEmpty())
        .isPresent();
  }

  /** Whether there are rows of a kind, and none is faulty. */
  public boolean isUsable(String kind) {
    return evidence
        .table(kind)
        .filter(table -> !table.rows().isEmpty() && table.faults().isEmpty())
        .isPresent();
  }

  /**
   * Those rows of a kind whose time from {@code from} to {@code to} touches the period.
   *
   * @throws UnknownFactException if there are none
   */
  public List<EvidenceRow> rowsOfPeriod(String kind) {
    List<EvidenceRow> inTime = rows(kind).stream().filter(row -> share(row) > 0).toList();
    if (inTime.isEmpty()) {
      throw nothingOfPeriod(kind);
    }
    return inTime;
  }

  /** What to do where a kind of evidence says nothing of the period, to be thrown. */
  public UnknownFactException nothingOfPeriod(String kind) {
    return new UnknownFactException(
        "add what concerns "
            + period
            + " to "
            + evidence.table(kind).map(EvidenceTable::fileName).orElse(kind)
            + ", which says nothing of it");
  }

  /** The file that a kind of evidence belongs in, and what that is. */
  public String absent(String kind) {
    String file = kind + ".csv";
    return EvidenceKinds.shipped()
        .named(kind)
        .map(each -> file + " (" + each.title() + ")")
        .orElse(file);
  }

  /** The part of the time of a row that lies in the period. */
  public double share(EvidenceRow row) {
    return period.shareOf(row.moment("from"), row.moment("to"));
  }

  /** An amount of a row that is spread evenly over its time, as far as it lies in the period. */
  public double inPeriod(EvidenceRow row, String column) {
    return row.number(column) * share(row);
  }

  /** What is known of these kinds together is worth; the ledger is a model on own data. */
  public Grade grade(String... kinds) {
    return Arrays.stream(kinds)
        .map(kind -> evidence.table(kind).map(EvidenceTable::grade).orElse(Grade.E0))
        .reduce(Grade::and)
        .orElse(Grade.E2);
  }

  /** What figures of the ledger are worth: those of meters, if these cover enough. */
  public Grade ledgerGrade() {
    // Meters of a site may read the same runs again: the two do not add up.
    double share = Math.max(shareOfMeters(), shareOfMeteredRuns());
    return share >= meteredShareNeeded ? Grade.E3 : Grade.E2;
  }

  private double shareOfMeters() {
    try {
      return MeteredEnergy.of(this).share();
    } catch (UnknownFactException noMeters) {
      return 0;
    }
  }

  /** Share of the energy in the ledger that counters told of runs which were booked by it. */
  private double shareOfMeteredRuns() {
    double kwh =
        ledger.work(period).stream()
            .mapToDouble(work -> work.volumes().get(Driver.METERED_KWH))
            .sum();
    return kwh > 0 ? kwh / ledger.energyKwh() : 0;
  }
}
