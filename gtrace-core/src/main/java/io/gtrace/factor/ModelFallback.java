package io.gtrace.factor;

import io.gtrace.activity.Modality;
import io.gtrace.trace.Provenance;
import io.gtrace.trace.Tier;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/**
 * A stand-in for a model that the catalogue does not know, from the narrowest class its name fits:
 * the size that the name states, the family it begins with, else all models of its modality.
 */
final class ModelFallback {
  private static final int SHORTEST_FAMILY = 3;

  /** Sizes are 90 % intervals: of the models of a class one in twenty is left out at each end. */
  private static final int ONE_IN = 20;

  /** Words of a name that tell what a model makes, the more telling ones first. */
  private static final Map<Modality, Pattern> TELLING_WORDS = tellingWords();

  private final List<Model> models;

  ModelFallback(List<Model> models) {
    this.models = models;
  }

  Model standIn(String name, Modality modality) {
    List<Model> peers = ofModality(modality);
    Optional<Precision> precision = ModelNames.statedPrecision(name);
    Optional<StatedSize> stated = StatedSize.in(name);
    if (stated.isPresent()) {
      StatedSize size = stated.get();
      String note = "unknown model '" + name + "': size read from its name";
      // Names tell the size of models whose weights are public, in 16 bits unless they say more.
      return standIn(
          name,
          modality,
          peers.get(0),
          size.total(),
          size.active(),
          Optional.of(precision.orElse(Precision.BF16)),
          note);
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
        precision,
        note);
  }

  /** What words in the name of an unknown model, or the family it begins with, tell of its use. */
  Optional<Modality> modalityOf(String name) {
    String plain = ModelNames.plain(name);
    for (Map.Entry<Modality, Pattern> telling : TELLING_WORDS.entrySet()) {
      if (telling.getValue().matcher(plain).find()) {
        return Optional.of(telling.getKey());
      }
    }
    return familyOf(name, models)
        .map(family -> filter(models, m -> m.family().equals(family)))
        .map(family -> family.stream().map(Model::modality).distinct().toList())
        .filter(uses -> uses.size() == 1)
        .map(uses -> uses.get(0));
  }

  private static Map<Modality, Pattern> tellingWords() {
    Map<Modality, Pattern> words = new LinkedHashMap<>();
    words.put(Modality.EMBEDDING, words("embed\\w*|rerank\\w*|bge|gte|minilm"));
    words.put(Modality.SPEECH_TO_TEXT, words("whisper|transcri\\w+|stt|asr|speech-to-text"));
    words.put(Modality.TEXT_TO_SPEECH, words("\\w*tts|text-to-speech|voice"));
    words.put(Modality.MUSIC, words("music\\w*|songs?|audiogen"));
    words.put(Modality.VIDEO, words("\\w*video|t2v|i2v|text-to-video|image-to-video"));
    words.put(Modality.IMAGE, words("\\w*image|t2i|\\w*diffusion|sdxl|text-to-image"));
    return Collections.unmodifiableMap(words);
  }

  private static Pattern words(String alternatives) {
    return Pattern.compile("(?<![a-z0-9])(?:" + alternatives + ")(?![a-z])");
  }

  private List<Model> ofModality(Modality modality) {
    List<Model> peers = filter(models, m -> m.modality() == modality);
    if (peers.isEmpty()) {
      throw new IllegalStateException("models.csv has no model for " + modality.label());
    }
    return peers;
  }

  private static Optional<String> familyOf(String name, List<Model> peers) {
    List<String> readings =
        ModelNames.readings(name).stream().flatMap(r -> r.names().stream()).toList();
    return peers.stream()
        .map(Model::family)
        .distinct()
        .filter(family -> family.length() >= SHORTEST_FAMILY)
        .filter(family -> readings.stream().anyMatch(r -> r.startsWith(lower(family))))
        .max(Comparator.comparingInt(String::length));
  }

  /** From where nineteen of twenty models are larger to where nineteen of twenty are smaller. */
  private static Range span(List<Model> models, Function<Model, Range> size) {
    int outside = models.size() / ONE_IN;
    double low = at(outside, models, model -> size.apply(model).low());
    double high = at(models.size() - 1 - outside, models, model -> size.apply(model).high());
    return new Range(Math.min(low, high), Math.max(low, high));
  }

  private static double at(int rank, List<Model> models, ToDoubleFunction<Model> size) {
    return models.stream().mapToDouble(size).sorted().toArray()[rank];
  }

  private static Model standIn(
      String name,
      Modality modality,
      Model like,
      Range total,
      Range active,
      Optional<Precision> precision,
      String note) {
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
        precision,
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
