package io.gtrace.server.page;

import io.gtrace.factor.CloudRegion;
import io.gtrace.factor.Factor;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.factor.GridZone;
import io.gtrace.factor.Model;
import io.gtrace.server.organisation.OwnValue;
import io.gtrace.trace.Tier;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
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
  private static final double GRAMS = 1_000;

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
    Map<String, Double> values = values(catalogue, kind, id);
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

  private static Map<String, Double> values(
      FactorCatalogue catalogue, OwnValue.Kind kind, String id) {
    return switch (kind) {
      case REGION -> {
        CloudRegion region =
            one(catalogue.regions().stream().filter(each -> each.id().equals(id)), kind, id);
        yield Map.of("pue", region.pue(), "wue_l_per_kwh", region.wueLPerKwh());
      }
      case ZONE -> {
        GridZone zone =
            one(catalogue.zones().stream().filter(each -> each.id().equals(id)), kind, id);
        Factor factor =
            catalogue
                .grid(catalogue.zone(zone.id(), Fallback.REFUSE))
                .locationBased(OptionalInt.empty());
        yield Map.of("g_per_kwh", GRAMS * factor.median());
      }
      case MODEL -> {
        Model model =
            one(catalogue.models().stream().filter(each -> each.id().equals(id)), kind, id);
        yield Map.of(
            "total_params_b_low", model.totalParametersB().low(),
            "total_params_b_high", model.totalParametersB().high(),
            "active_params_b_low", model.activeParametersB().low(),
            "active_params_b_high", model.activeParametersB().high());
      }
      case CONSTANT -> {
        Factor constant =
            one(catalogue.assumptions().stream().filter(each -> each.id().equals(id)), kind, id);
        yield Map.of(
            "median", constant.median(),
            "low", constant.scatter().low(),
            "high", constant.scatter().high());
      }
    };
  }

  private static <T> T one(Stream<T> found, OwnValue.Kind kind, String id) {
    return found
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("there is no " + kind.label() + " '" + id + "'"));
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
