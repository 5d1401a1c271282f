package io.gtrace.call;

import io.gtrace.GTrace;
import io.gtrace.activity.Activity;
import io.gtrace.activity.Volumes;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.RateCard;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Prices calls as they happen and hands them to whoever counts them. A model or place that is not
 * known is priced by what its name tells, with a wide interval, and said once in the log. Whatever
 * goes wrong here is logged, and the application goes on. Safe for use by many threads; takes about
 * a microsecond and never waits.
 */
public final class CallAccounting {
  /** Who makes up names without end is told of the first ones. */
  private static final int MOST_NAMES_TOLD = 1_000;

  private static final System.Logger LOG = System.getLogger(CallAccounting.class.getName());

  private final RateCard card;
  private final List<Consumer<PricedCall>> counting;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  /**
   * @param card what prices; it should {@linkplain Fallback#ALLOW allow fallbacks}
   * @param counting told of every call that could be priced, on the thread of the call
   */
  public CallAccounting(RateCard card, List<Consumer<PricedCall>> counting) {
    this.card = card;
    this.counting = List.copyOf(counting);
  }

  /** The shipped factors, with fallbacks for unknown names. */
  public static CallAccounting standard(List<Consumer<PricedCall>> counting) {
    return new CallAccounting(
        GTrace.of(FactorCatalogue.shipped(), Fallback.ALLOW).card(), counting);
  }

  /** What prices. */
  public RateCard card() {
    return card;
  }

  /**
   * Prices a call and counts it.
   *
   * @return empty if it cannot be priced; the log says why, once for each model
   */
  public Optional<PricedCall> account(Activity activity) {
    PricedCall call;
    try {
      CardRow row = card.row(activity);
      Volumes volumes = activity.volumes(row.defaults());
      call = new PricedCall(activity, row, volumes);
      tellFallback(activity, row);
    } catch (RuntimeException notPriced) {
      tellOnce(
          activity.model() + " not priced",
          "a call of '" + activity.model() + "' is not accounted: " + notPriced.getMessage());
      return Optional.empty();
    }
    for (Consumer<PricedCall> each : counting) {
      count(each, call);
    }
    return Optional.of(call);
  }

  private void count(Consumer<PricedCall> counter, PricedCall call) {
    try {
      counter.accept(call);
    } catch (RuntimeException fault) {
      tellOnce(
          counter.getClass().getName(),
          "calls are not counted by " + counter.getClass().getName() + ": " + fault);
    }
  }

  private void tellFallback(Activity activity, CardRow row) {
    String name = activity.model() + " at " + activity.context().site().label();
    if (told.contains(name) || !remember(name)) {
      return;
    }
    List<String> notes = row.notes();
    if (!notes.isEmpty()) {
      LOG.log(System.Logger.Level.WARNING, "gtrace: " + String.join("; ", notes));
    }
  }

  private void tellOnce(String about, String message) {
    if (remember(about)) {
      LOG.log(System.Logger.Level.WARNING, "gtrace: " + message);
    }
  }

  private boolean remember(String name) {
    return told.size() < MOST_NAMES_TOLD && told.add(name);
  }
}
