package io.gtrace.governance.pyramid;

import io.gtrace.activity.Modality;
import io.gtrace.factor.Accelerator;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.factor.Place;
import io.gtrace.footprint.Impact;
import io.gtrace.governance.evidence.EvidenceRow;
import io.gtrace.governance.evidence.Grade;
import io.gtrace.governance.facts.Assignments;
import io.gtrace.governance.facts.DrawnAmount;
import io.gtrace.governance.facts.Estimate;
import io.gtrace.governance.facts.Facts;
import io.gtrace.governance.facts.LedgerFacts.Use;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.ledger.query.StoredSite;
import io.gtrace.sci.FunctionalUnit;
import io.gtrace.site.Site;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Level 1: every AI system is known, with its place, its unit and its owner. */
final class Bounded {
  private static final int NAMED = 5;

  /** Units that SCI for AI (2025, section 8) has for what a modality makes. */
  private static final Map<Modality, Set<FunctionalUnit>> UNITS =
      new EnumMap<>(
          Map.of(
              Modality.TEXT, Set.of(FunctionalUnit.TOKEN),
              Modality.EMBEDDING, Set.of(FunctionalUnit.TOKEN),
              Modality.IMAGE, Set.of(FunctionalUnit.IMAGE),
              Modality.VIDEO, Set.of(FunctionalUnit.SECOND_OF_VIDEO),
              Modality.TRAINING,
                  Set.of(
                      FunctionalUnit.FLOP,
                      FunctionalUnit.TRAINING_TOKEN,
                      FunctionalUnit.PARAMETER)));

  private Bounded() {}

  static Finding registerCoverage(Facts facts) {
    Set<String> registered = registered(facts);
    Set<String> seen = facts.ledger().services();
    List<String> missing = seen.stream().filter(each -> !registered.contains(each)).toList();
    Finding.Measured found =
        Finding.percent(
            facts.grade("register"), (double) (seen.size() - missing.size()), (double) seen.size());
    return missing.isEmpty() ? found : found.because("not in the register: " + some(missing));
  }

  static Estimate unregisteredCarbon(Facts facts) {
    Set<String> registered = facts.has("register") ? registered(facts) : Set.of();
    return carbonOf(facts, use -> !registered.contains(use.service()));
  }

  private static Set<String> registered(Facts facts) {
    return facts.rows("register").stream()
        .map(row -> row.text("service"))
        .collect(Collectors.toSet());
  }

  static Finding functionalUnit(Facts facts) {
    Assignments register = Assignments.of(facts);
    Set<String> services = facts.ledger().services();
    List<String> without =
        services.stream()
            .filter(service ->
                !facts.ledger().uses().stream()
                    .filter(use -> use.service().equals(service))
                    .allMatch(use -> register.rows(use).anyMatch(Bounded::hasValidUnit)))
            .toList();
    Finding.Measured found =
        Finding.percent(
            facts.grade("register"),
            (double) (services.size() - without.size()),
            (double) services.size());
    return without.isEmpty() ? found : found.because("without a valid unit: " + some(without));
  }

  private static boolean hasValidUnit(EvidenceRow row) {
    String unit = row.text("functional_unit").toLowerCase(Locale.ROOT);
    return Modality.parse(row.text("modality"))
        .map(modality ->
            UNITS.getOrDefault(modality, Set.of(FunctionalUnit.SECOND_OF_AUDIO)).stream()
                .anyMatch(each -> each.label().toLowerCase(Locale.ROOT).equals(unit)))
        .orElse(false);
  }

  static Finding singleAssignment(Facts facts) {
    Assignments register = Assignments.of(facts);
    List<Use> uses = facts.ledger().uses();
    List<String> not =
        uses.stream()
            .filter(use -> register.row(use).isEmpty())
            .map(use -> use.service() + " (" + use.modality() + ")")
            .distinct()
            .toList();
    long flows =
        uses.stream().map(use -> use.service() + " (" + use.modality() + ")").distinct().count();
    Finding.Measured found =
        Finding.percent(facts.grade("register"), (double) (flows - not.size()), (double) flows);
    return not.isEmpty() ? found : found.because("not assigned exactly once: " + some(not));
  }

  static Estimate unassignedCarbon(Facts facts) {
    Assignments register = Assignments.orNone(facts);
    return carbonOf(facts, use -> register.row(use).isEmpty());
  }

  private static Estimate carbonOf(Facts facts, Predicate<Use> which) {
    return facts.ledger().uses().stream()
        .filter(which)
        .map(use -> DrawnAmount.of(use.footprint(), Impact.CARBON_KG))
        .reduce(DrawnAmount::plus)
        .map(DrawnAmount::estimate)
        .orElse(Estimate.exact(0));
  }

  static Finding cutOff(Facts facts) {
    double excluded = excludedKg(facts);
    double total = facts.ledger().carbonKg() + excluded;
    return Finding.percent(facts.grade("exclusions"), excluded, total)
        .because("of the ledger's total and what is excluded together");
  }

  private static double excludedKg(Facts facts) {
    return facts.rowsOfPeriod("exclusions").stream()
        .mapToDouble(row -> facts.inPeriod(row, "carbon_kg"))
        .sum();
  }

  static Estimate largestExclusion(Facts facts) {
    return Estimate.exact(
        facts.rowsOfPeriod("exclusions").stream()
            .mapToDouble(row -> facts.inPeriod(row, "carbon_kg"))
            .max()
            .orElse(0));
  }

  static Finding siteClassKnown(Facts facts) {
    Set<String> classed = classedSites(facts);
    double all = 0;
    double known = 0;
    for (QueryLine line : facts.ledger().by(GroupBy.REGION)) {
      all += line.requests();
      known += classed.contains(line.keys().get(0)) ? line.requests() : 0;
    }
    return Finding.percent(Grade.E2, known, all)
        .because("regions of clouds and devices name their class; other sites need a site form");
  }

  /** Sites whose ids tell what they are, and those with a form. */
  private static Set<String> classedSites(Facts facts) {
    Set<String> forms =
        facts.has("sites")
            ? facts.rows("sites").stream().map(row -> row.text("site")).collect(Collectors.toSet())
            : Set.of();
    return facts.ledger().sites().stream()
        .map(StoredSite::id)
        .filter(id -> forms.contains(id) || tellsItsClass(facts.card().catalogue(), id))
        .collect(Collectors.toSet());
  }

  static boolean tellsItsClass(FactorCatalogue catalogue, String id) {
    try {
      if (Site.parse(id) instanceof Site.EdgeDevice edge) {
        String device = edge.device();
        return catalogue
            .accelerator(device, Accelerator.Kind.OF_PEOPLE, Fallback.REFUSE)
            .id()
            .equals(device);
      }
      return catalogue
          .findPlace(id)
          .filter(found -> found instanceof Place.InCloud cloud && cloud.region().id().equals(id))
          .isPresent();
    } catch (IllegalArgumentException noSuchDevice) {
      return false;
    }
  }

  /** The width of the carbon of what ran at places of which the class is not known. */
  static Estimate untaggedWidth(Facts facts) {
    Set<String> classed = classedSites(facts);
    return facts.ledger().by(GroupBy.REGION).stream()
        .filter(line -> !classed.contains(line.keys().get(0)))
        .map(line -> DrawnAmount.of(line.footprint(), Impact.CARBON_KG))
        .reduce(DrawnAmount::plus)
        .map(DrawnAmount::estimate)
        .map(carbon -> Estimate.exact(carbon.width()))
        .orElse(Estimate.exact(0));
  }

  static Finding ownershipFresh(Facts facts) {
    List<EvidenceRow> register = facts.rows("register");
    long fresh = register.stream().filter(row -> isFresh(facts, row)).count();
    return Finding.percent(facts.grade("register"), (double) fresh, (double) register.size());
  }

  private static boolean isFresh(Facts facts, EvidenceRow row) {
    return !row.text("owner").isEmpty()
        && row.day("reviewed_on")
            .filter(day ->
                !day.plusDays((long) Limits.constant("1.6", "review_days"))
                    .isBefore(facts.period().end()))
            .isPresent();
  }

  static Estimate ownerlessCarbon(Facts facts) {
    Set<String> owned =
        facts.rows("register").stream()
            .filter(row -> isFresh(facts, row))
            .map(row -> row.text("service"))
            .collect(Collectors.toSet());
    return carbonOf(facts, use -> !owned.contains(use.service()));
  }

  /** The first of some names, and how many more there are. */
  static String some(List<String> names) {
    int more = names.size() - NAMED;
    return String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
        + (more > 0 ? " and " + more + " more" : "");
  }

  static boolean isOneOf(String word, String... words) {
    return Arrays.asList(words).contains(word);
  }
}
