package io.gtrace.governance.disclosure;

import io.gtrace.activity.Modality;
import io.gtrace.governance.facts.Facts;
import io.gtrace.governance.facts.LedgerFacts.Use;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** When a field or a form concerns an organisation. */
public enum Condition {
  ALWAYS(""),
  /** It uses models. */
  INFERENCE("the ledger has no use of a model in the period"),
  /** It trains models. */
  TRAINING("neither the ledger nor training.csv tells of a training run"),
  /** It runs a data centre of which it knows yearly figures, or one of 500 kW or more. */
  DATA_CENTRE("no site form tells of 500 kW of IT or more, and there is no datacentres.csv"),
  /** It has hardware of its own. */
  OWN_HARDWARE("nothing is booked under scope 2"),
  LEASED_UPSTREAM("nothing is booked under category 8"),
  SOLD_PRODUCTS("nothing is booked under category 11"),
  LEASED_DOWNSTREAM("nothing is booked under category 13");

  /** Installed power of IT from which the EU asks a data centre to report, kW. */
  private static final double LARGE_SITE_KW = 500;

  private static final String CATEGORY = "category";

  private final String otherwise;

  Condition(String otherwise) {
    this.otherwise = otherwise;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Condition> named(String label) {
    return Arrays.stream(values()).filter(each -> each.label().equals(label)).findFirst();
  }

  /**
   * Why it does not hold; empty if it does.
   *
   * @throws io.gtrace.governance.facts.UnknownFactException if that is not known
   */
  Optional<String> unmet(Facts facts) {
    return holds(facts) ? Optional.empty() : Optional.of(otherwise);
  }

  private boolean holds(Facts facts) {
    return switch (this) {
      case ALWAYS -> true;
      case INFERENCE -> facts.ledger().uses().stream().anyMatch(use -> !isTraining(use));
      case TRAINING ->
          facts.has("training") || facts.ledger().uses().stream().anyMatch(Condition::isTraining);
      case DATA_CENTRE -> facts.has("datacentres") || hasLargeSite(facts);
      case OWN_HARDWARE -> isBooked(facts, "scope", "scope-2");
      case LEASED_UPSTREAM -> isBooked(facts, CATEGORY, "cat-8");
      case SOLD_PRODUCTS -> isBooked(facts, CATEGORY, "cat-11");
      case LEASED_DOWNSTREAM -> isBooked(facts, CATEGORY, "cat-13");
    };
  }

  private static boolean isTraining(Use use) {
    return use.modality().equals(Modality.TRAINING.label());
  }

  private static boolean hasLargeSite(Facts facts) {
    return facts.has("sites")
        && facts.rows("sites").stream()
            .anyMatch(row -> row.optionalNumber("installed_it_kw").orElse(0) >= LARGE_SITE_KW);
  }

  /** Without a register nobody knows. */
  private static boolean isBooked(Facts facts, String column, String value) {
    facts.rows("register");
    return Stream.of("register", "inventory")
        .filter(facts::has)
        .flatMap(kind -> facts.rows(kind).stream())
        .anyMatch(row -> row.text(column).equals(value));
  }
}
