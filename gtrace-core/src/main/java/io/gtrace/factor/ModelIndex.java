package io.gtrace.factor;

import io.gtrace.activity.Modality;
import io.gtrace.factor.FactorTable.Entry;
import io.gtrace.factor.ModelNames.Reading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds models by the names that logs give them: the name as it is, else the first of its readings
 * that is a name of some model, whatever stands between the words.
 */
final class ModelIndex {
  private static final Pattern DATED = Pattern.compile("^(.+)-(20\\d{6})$");
  private static final String HUB_FORMAT = "-hf";

  private final NameIndex<Entry<Model>> byName;
  private final Lazy<List<Model>> models;
  private final Lazy<Map<String, Model>> bySpelling;
  private final Remembered<String, Optional<Model>> read = new Remembered<>(this::read);
  private final Remembered<Asked, List<String>> nearest = new Remembered<>(this::nearest);

  private record Asked(String plainName, Modality modality) {}

  ModelIndex(List<Entry<Model>> entries) {
    byName =
        new NameIndex<>(
            entries, entry -> entry.row().required("id"), entry -> entry.row().list("aliases"));
    models = new Lazy<>(() -> entries.stream().map(Entry::get).toList());
    // Most logs name models as the catalogue does and never ask for other spellings.
    bySpelling = new Lazy<>(() -> spellings(models.get()));
  }

  /** All models. */
  List<Model> models() {
    return models.get();
  }

  /** The model of that name; in the precision that the name states, if it states one. */
  Optional<Model> find(String name) {
    Optional<Model> exact = byName.find(name).map(Entry::get);
    return exact.isPresent() || name.length() > ModelNames.LONGEST_NAME ? exact : read.of(name);
  }

  /** The ids of at most three models for a modality whose names look most like that one. */
  List<String> nearest(String name, Modality modality) {
    return nearest.of(new Asked(ModelNames.plain(name), modality));
  }

  private List<String> nearest(Asked asked) {
    return byName.nearest(
        asked.plainName(), ModelNames::plain, entry -> entry.get().modality() == asked.modality());
  }

  private Optional<Model> read(String name) {
    for (Reading reading : ModelNames.readings(name)) {
      for (String candidate : reading.names()) {
        Optional<Model> found = named(candidate);
        if (found.isPresent()) {
          Model model = found.get();
          return Optional.of(reading.precision().map(model::servedIn).orElse(model));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Model> named(String candidate) {
    Optional<Model> exact = byName.find(candidate).map(Entry::get);
    return exact.isPresent()
        ? exact
        : Optional.ofNullable(bySpelling.get().get(Spelling.of(candidate)));
  }

  /** Ids before aliases; a name without its date means the newest of the dated ones. */
  private static Map<String, Model> spellings(List<Model> models) {
    Map<String, Model> spellings = new HashMap<>();
    Map<String, String> newest = new HashMap<>();
    Map<String, Model> further = new HashMap<>();
    for (Model model : models) {
      String spelling = Spelling.of(model.id());
      spellings.putIfAbsent(spelling, model);
      Matcher dated = DATED.matcher(spelling);
      if (dated.matches()
          && dated.group(2).compareTo(newest.getOrDefault(dated.group(1), "")) > 0) {
        newest.put(dated.group(1), dated.group(2));
        further.put(dated.group(1), model);
      }
      if (spelling.endsWith(HUB_FORMAT)) {
        further.put(spelling.substring(0, spelling.length() - HUB_FORMAT.length()), model);
      }
    }
    for (Model model : models) {
      model.aliases().forEach(alias -> spellings.putIfAbsent(Spelling.of(alias), model));
    }
    further.forEach(spellings::putIfAbsent);
    return Map.copyOf(spellings);
  }
}
