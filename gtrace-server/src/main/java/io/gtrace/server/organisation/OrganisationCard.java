package io.gtrace.server.organisation;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.ratecard.RateCard;

/**
 * What prices the usage of an organisation: the factors that the server was started with, and over
 * them what somebody said of models that they do not know. Safe for use by many threads.
 */
final class OrganisationCard {
  private final RateCard started;
  private final ModelMappings mappings;
  private volatile RateCard current;

  /**
   * @param started what the server was started with
   * @throws io.gtrace.factor.FactorFileException if what was said of models cannot be laid over it
   */
  OrganisationCard(RateCard started, ModelMappings mappings) {
    this.started = started;
    this.mappings = mappings;
    current = mappings.writeAnew(started.catalogue()) ? mapped() : started;
  }

  private RateCard mapped() {
    return started.withFactors(started.catalogue().with(mappings.factors()));
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
    FactorCatalogue known = started.catalogue();
    mappings.add(known, name, model);
    current = mapped();
  }
}
