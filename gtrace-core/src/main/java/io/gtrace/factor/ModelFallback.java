package io.gtrace.factor;

import io.gtrace.activity.Modality;
import io.gtrace.trace.Provenance;
import io.gtrace.trace.Tier;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A stand-in for a model that the catalogue does not know, from the narrowest class its name fits:
 * the size that the name states, the family it begins with, else all models of its modality.
 */
final class ModelFallback {
  /** A size stated in a name is taken to be right within this factor either way. */
  private static final double STATED_SIZE_SLACK = 1.3;

  private static final int SHORTEST_FAMILY = 3;

  private final List<Model> models;

  ModelFallback(List<Model> models) {
    this.models = models;
  }

  Model standIn(String name, Modality modality) {
    List<Model> peers = ofModality(modality);
    OptionalDouble stated = ModelNames.statedParametersB(name);
    if (stated.isPresent()) {
      Range size =
          new Range(
              stated.getAsDouble() / STATED_SIZE_SLACK, stated.getAsDouble() * STATED_SIZE_SLACK);
      return standIn(
          name,
          modality,
          peers.get(0),
          size,
          size,
          "unknown model '" + name + "': size read from its name");
    }
    Optional<String> family = familyOf(name, peers);
    List<Model> like =
        family.isPresent() ? filter(peers, m -> m.family().equals(family.get())) : peers;
    String note =
        "unknown model '"
            + name
            + "': taken to be like the "
            + (like.size() == 1 ? "only model" : like.size() + " models")
            + (family.isPresent() ? " of the family " + family.get() : " for " + modality.label());
    return standIn(
        name,
        modality,
        like.get(0),
        span(like, Model::totalParametersB),
        span(like, Model::activeParametersB),
        note);
  }

  private List<Model> ofModality(Modality modality) {
    List<Model> peers = filter(models, m -> m.modality() == modality);
    if (peers.isEmpty()) {
      throw new IllegalStateException("models.csv has no model for " + modality.label());
    }
    return peers;
  }

  private static Optional<String> familyOf(String name, List<Model> peers) {
    List<String> readings = ModelNames.readings(name);
    return peers.stream()
        .map(Model::family)
        .distinct()
        .filter(family -> family.length() >= SHORTEST_FAMILY)
        .filter(family -> readings.stream().anyMatch(r -> r.startsWith(lower(family))))
        .max(Comparator.comparingInt(String::length));
  }

  private static Range span(List<Model> models, Function<Model, Range> size) {
    return models.stream().map(size).reduce(Range::spanning).orElseThrow();
  }

  private static Model standIn(
      String name, Modality modality, Model like, Range total, Range active, String note) {
    return new Model(
        name,
        "unknown",
        name,
        "unknown",
        modality,
        Architecture.UNKNOWN,
        false,
        total,
        active,
        Precision.BF16,
        Optional.empty(),
        Optional.empty(),
        like.defaults(),
        OptionalDouble.empty(),
        List.of(),
        new Provenance(Tier.DEFAULT, note, like.provenance().year(), "own estimate"),
        List.of(note));
  }

  private static List<Model> filter(List<Model> models, Predicate<Model> wanted) {
    return models.stream().filter(wanted).toList();
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
