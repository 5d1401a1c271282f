package io.gtrace.server.organisation;

import io.gtrace.ratecard.RateCard;

/**
 * What prices the usage of an organisation: the factors that the server was started with, over them
 * what somebody said of models that they do not know, and over these the values that somebody gave.
 * Safe for use by many threads.
 */
final class OrganisationCard {
  private final RateCard started;
  private final ModelMappings mappings;
  private final OwnValues values;
  private boolean hasNames;
  private volatile RateCard current;

  /**
   * @param started what the server was started with
   * @throws IllegalArgumentException if what was said of models cannot be laid over it
   */
  OrganisationCard(RateCard started, ModelMappings mappings, OwnValues values) {
    this.started = started;
    this.mappings = mappings;
    this.values = values;
    hasNames = mappings.writeAnew(started.catalogue());
    current = values.layAnew(named());
  }

  private RateCard named() {
    return hasNames ? started.withFactors(started.catalogue().with(mappings.factors())) : started;
  }

  RateCard current() {
    return current;
  }

  /**
   * Prices a name like a known model from now on.
   *
   * @throws IllegalArgumentException if the model is not known, or the name cannot be one
   */
  synchronized void map(String name, String model) {
    mappings.add(started.catalogue(), name, model);
    hasNames = true;
    current = values.layAnew(named());
  }

  /**
   * Prices by a value from now on.
   *
   * @throws IllegalArgumentException if the factors do not take it, or nothing can be priced by it
   */
  synchronized void give(OwnValues.Given value) {
    current = values.give(named(), value);
  }

  /**
   * Prices without the values of a factor from now on.
   *
   * @throws IllegalArgumentException if there is none
   */
  synchronized void forget(OwnValue.Kind kind, String subject) {
    current = values.forget(named(), kind, subject);
  }
}
