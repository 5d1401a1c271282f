package io.gtrace.ledger;

import io.gtrace.activity.Activity;
import io.gtrace.activity.Attribution;
import io.gtrace.ledger.store.EventSchema;
import java.util.List;

/**
 * What many events have in common: all their texts but who asked.
 *
 * @param modality its label
 * @param accelerator of a training or metered run; empty for anything else
 */
record EventKind(
    String modality, String model, String site, String team, String app, String accelerator) {
  /**
   * @param texts of {@link EventSchema#KIND_COLUMNS}
   */
  static EventKind of(List<String> texts) {
    return new EventKind(
        texts.get(0), texts.get(1), texts.get(2), texts.get(3), texts.get(4), texts.get(5));
  }

  static EventKind of(Activity activity) {
    Attribution who = activity.context().who();
    return new EventKind(
        activity.modality().label(),
        activity.model(),
        activity.context().site().label(),
        who.team(),
        who.app(),
        activity.modality().goesByHardware() ? activity.subject() : "");
  }
}
