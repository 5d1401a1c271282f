package io.gtrace.server.organisation;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.ratecard.RateCard;
import java.nio.file.Files;
import java.util.function.Supplier;

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
   * @throws io.gtrace.factor.FactorFileException if what was said cannot be laid over it
   */
  OrganisationCard(RateCard started, ModelMappings mappings, OwnValues values) {
    this.started = started;
    this.mappings = mappings;
    this.values = values;
    hasNames = mappings.writeAnew(started.catalogue());
    current = hasNames || hasValues() ? withValues() : started;
  }

  private boolean hasValues() {
    return Files.exists(values.factors());
  }

  private FactorCatalogue named() {
    return hasNames ? started.catalogue().with(mappings.factors()) : started.catalogue();
  }

  private RateCard withValues() {
    return started.withFactors(hasValues() ? named().with(values.factors()) : named());
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
    current = withValues();
  }

  /**
   * Prices by a value from now on.
   *
   * @throws IllegalArgumentException if the factors do not take it
   */
  synchronized void give(OwnValues.Given value) {
    change(() -> values.give(named(), value));
  }

  /**
   * Prices without a value from now on.
   *
   * @throws IllegalArgumentException if there is none
   */
  synchronized void forget(OwnValue.Kind kind, String subject) {
    change(() -> values.forget(named(), kind, subject));
  }

  private void change(Supplier<FactorCatalogue> values) {
    current = started.withFactors(values.get());
  }
}
