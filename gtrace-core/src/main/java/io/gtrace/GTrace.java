package io.gtrace;

import io.gtrace.activity.Activity;
import io.gtrace.activity.Amortisation;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.ratecard.RateCard;
import io.gtrace.ratecard.VarianceShare;
import io.gtrace.trace.Trace;
import io.gtrace.uncertainty.Draws;
import java.util.List;

/**
 * Energy, carbon and water of generative AI.
 *
 * <pre>{@code
 * Footprint footprint =
 *     GTrace.standard().estimate(TextGeneration.of("gpt-4o", 500, 300).at("eu-west-3"));
 * double grams = footprint.carbonKg().median() * 1000;
 * }</pre>
 *
 * <p>Safe for use by many threads; load once and share.
 */
public final class GTrace {
  private final RateCard card;

  private GTrace(RateCard card) {
    this.card = card;
  }

  /** Shipped factors, 512 draws, unknown names refused. Loaded once. */
  public static GTrace standard() {
    return Standard.INSTANCE;
  }

  /** The factors of a catalogue, 512 draws. */
  public static GTrace of(FactorCatalogue catalogue, Fallback fallback) {
    return new GTrace(new RateCard(catalogue, Draws.standard(catalogue.correlations()), fallback));
  }

  /**
   * What an activity costs.
   *
   * @throws io.gtrace.factor.UnknownNameException if its model, place or device is not known
   * @throws IllegalArgumentException if it cannot be priced; the message says why
   */
  public Footprint estimate(Activity activity) {
    return card.price(activity);
  }

  /** What an activity costs together with its share of its model's training. */
  public Footprint estimate(Activity activity, Amortisation amortisation) {
    return estimate(activity).plus(trainingShare(activity, amortisation));
  }

  private Footprint trainingShare(Activity activity, Amortisation amortisation) {
    double share = amortisation.share(activity.volumes(card.row(activity).defaults()));
    return estimate(amortisation.training()).times(share);
  }

  /** How the cost with a share of training comes about, down to the sources. */
  public Trace explain(Activity activity, Amortisation amortisation) {
    Footprint share = trainingShare(activity, amortisation);
    Footprint both = estimate(activity).plus(share);
    Trace training =
        Trace.computed(
                "share of the training",
                "requests / requests served × carbon of the training",
                share.carbonKg().median(),
                "kgCO2e",
                List.of(
                    Trace.given("requests served", amortisation.servedRequests(), "request"),
                    explain(amortisation.training())))
            .within(share.carbonKg().low(), share.carbonKg().high());
    return Trace.computed(
            "carbon with a share of the training",
            "use + share of the training",
            both.carbonKg().median(),
            "kgCO2e",
            List.of(explain(activity), training))
        .within(both.carbonKg().low(), both.carbonKg().high());
  }

  /** How that cost comes about, down to the sources. */
  public Trace explain(Activity activity) {
    return card.explain(activity);
  }

  /** Which factors make the interval of that cost as wide as it is, the widest first. */
  public List<VarianceShare> sensitivity(Activity activity, Impact impact) {
    return card.sensitivity(activity, impact);
  }

  /** The rate card behind the estimates. */
  public RateCard card() {
    return card;
  }

  private static final class Standard {
    static final GTrace INSTANCE = GTrace.of(FactorCatalogue.shipped(), Fallback.REFUSE);
  }
}
