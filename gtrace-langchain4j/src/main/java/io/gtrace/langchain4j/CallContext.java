package io.gtrace.langchain4j;

import io.gtrace.activity.Context;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * For whom, where and when a call is: what the application says, and at this moment where it names
 * none, so that the hour of the grid counts.
 */
record CallContext(Supplier<Context> told, InstantSource clock) {
  Context now() {
    Context context = told.get();
    return context.when().isPresent() ? context : context.on(clock.instant());
  }
}
