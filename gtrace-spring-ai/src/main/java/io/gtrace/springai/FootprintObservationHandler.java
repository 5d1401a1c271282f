package io.gtrace.springai;

import io.gtrace.activity.Context;
import io.gtrace.call.CallAccounting;
import io.gtrace.call.PricedCall;
import io.gtrace.footprint.Impact;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.util.function.Supplier;
import org.springframework.ai.model.observation.ModelObservationContext;

/**
 * Accounts each call of a chat, embedding or image model that Spring AI observes, streamed or not.
 * The {@link PricedCall} stands in the context of the observation for handlers that come after, and
 * its medians are key values {@code gtrace.energy.kwh} and {@code gtrace.carbon.kg} of high
 * cardinality, which tracing makes attributes of the span.
 */
public final class FootprintObservationHandler
    implements ObservationHandler<ModelObservationContext<?, ?>> {
  private final CallAccounting accounting;
  private final Supplier<Context> context;

  /**
   * @param accounting prices the calls and hands them on
   * @param context for whom a call is and where its model runs
   */
  public FootprintObservationHandler(CallAccounting accounting, Supplier<Context> context) {
    this.accounting = accounting;
    this.context = context;
  }

  @Override
  public boolean supportsContext(Observation.Context observed) {
    return observed instanceof ModelObservationContext;
  }

  @Override
  public void onStop(ModelObservationContext<?, ?> observed) {
    try {
      ObservedCall.of(observed, context.get())
          .flatMap(accounting::account)
          .ifPresent(call -> tell(observed, call));
    } catch (IllegalArgumentException noCall) {
      // An amount that no call can have is a fault of the provider, not of the application.
      return;
    }
  }

  private static void tell(ModelObservationContext<?, ?> observed, PricedCall call) {
    observed.put(PricedCall.class, call);
    observed.addHighCardinalityKeyValue(median("gtrace.energy.kwh", call, Impact.ENERGY_KWH));
    observed.addHighCardinalityKeyValue(median("gtrace.carbon.kg", call, Impact.CARBON_KG));
  }

  private static KeyValue median(String name, PricedCall call, Impact impact) {
    return KeyValue.of(name, Double.toString(call.footprint().median(impact)));
  }
}
