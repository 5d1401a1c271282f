package io.gtrace.server.page;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.server.organisation.OwnValue;
import io.gtrace.trace.Tier;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where somebody gives a value of their own of a factor.
 *
 * @param of what kind of factor it is
 * @param id of the factor
 * @param inputs what can be said of it
 * @param year usual one of the value
 */
record OwnValueForm(OwnValue.Kind of, String id, List<Input> inputs, int year) {
  /**
   * A number to fill in.
   *
   * @param now what holds now
   */
  record Input(String name, String label, String now) {}

  /**
   * The form of a factor.
   *
   * @param text kind and id, as in {@code zone:FR}
   * @throws IllegalArgumentException if there is no such factor
   */
  static OwnValueForm of(FactorCatalogue catalogue, String text, Instant now) {
    int colon = text.indexOf(':');
    OwnValue.Kind kind = OwnValue.Kind.labelled(text.substring(0, Math.max(0, colon)));
    String id = text.substring(colon + 1);
    Map<String, Double> values = kind.known(catalogue, id).numbers();
    return new OwnValueForm(
        kind,
        id,
        kind.statements().stream()
            .map(number ->
                new Input(
                    number.name(),
                    number.label(),
                    TracePage.value(Objects.requireNonNull(values.get(number.name())))))
            .toList(),
        now.atZone(ZoneOffset.UTC).getYear());
  }

  /** How well the value may be known. */
  List<String> tiers() {
    return Stream.of(Tier.values()).filter(each -> each != Tier.DEFAULT).map(Tier::label).toList();
  }

  /** Whether it is asked how well the value is known: that of a region counts as disclosed. */
  boolean asksTier() {
    return of != OwnValue.Kind.REGION;
  }
}
