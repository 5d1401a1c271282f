package io.gtrace.simulation.study;

import io.gtrace.activity.Modality;
import io.gtrace.ratecard.RateCard;
import io.gtrace.simulation.adoption.AdoptionModel;
import io.gtrace.simulation.adoption.Bass;
import io.gtrace.simulation.adoption.Memory;
import io.gtrace.simulation.adoption.SelfExciting;
import io.gtrace.simulation.adoption.SusceptibleInfectious;
import io.gtrace.simulation.adoption.Threshold;
import io.gtrace.simulation.contact.ContactStructure;
import io.gtrace.simulation.contact.SocialTies;
import io.gtrace.simulation.contact.WellMixed;
import io.gtrace.simulation.people.Clocks;
import io.gtrace.simulation.people.Cohort;
import io.gtrace.simulation.people.Country;
import io.gtrace.simulation.people.Population;
import io.gtrace.simulation.people.World;
import io.gtrace.simulation.wave.Broadcast;
import io.gtrace.simulation.wave.Search;
import io.gtrace.simulation.wave.Wave;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Makes a wave of a study in one state of the world. */
final class StudyCompiler {
  private static final double HOURS_OF_DAY = 24;
  private static final double MOST_PEOPLE = 1e10;
  private static final long TIES_SEED = 0x7469657353656564L;
  private static final double TOLERANCE = 1e-6;

  /** Lists of trends go by the last day or so. */
  private static final double USUAL_FADING_HOURS = 12;

  private final Study study;
  private final StudyTree tree;
  private final StudyNumbers numbers;
  private final World world;
  private final Clocks clocks;
  private final RateCard card;
  private final double scale;

  /**
   * @param clocks of the hours of the study
   * @param scale people simulated for one person of the study, above 0 and at most 1
   */
  StudyCompiler(Study study, StudyNumbers numbers, Clocks clocks, RateCard card, double scale) {
    this.study = study;
    this.tree = study.tree();
    this.numbers = numbers;
    this.clocks = clocks;
    world = clocks.world();
    this.card = card;
    this.scale = scale;
  }

  Wave wave() {
    Map<Country, Long> people = people();
    Population population = population(people);
    List<Country> countries = List.copyOf(people.keySet());
    for (int d = 0; d < tree.at("/devices").size(); d++) {
      named("/devices/" + d + "/countries");
    }
    return checked(
        "",
        () ->
            new Wave(
                population,
                study.hours(),
                adoption(),
                contacts(population),
                media(countries),
                search(),
                tree.has("/use")
                    ? Optional.of(
                        new UseCompiler(study, numbers, card).use(countries, variationLogSd()))
                    : Optional.empty()));
  }

  /** How one output differs in energy from another of its kind, as the rate card takes it. */
  private double variationLogSd() {
    Modality modality = new Outputs(tree, numbers).activity(0, "any").modality();
    return card.catalogue().assumption("request-log-sd-" + modality.label()).median();
  }

  /** A fault in a parameter is told with the place where the study says it. */
  private <T> T checked(String pointer, Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException wrong) {
      throw tree.fault(pointer, String.valueOf(wrong.getMessage()));
    }
  }

  private Map<Country, Double> shares() {
    String by = study.text("/people/by").orElse("assistant-users");
    if (by.equals("one-country")) {
      return Map.of(new Country("WORLD", "World", Long.MAX_VALUE, 1, List.of(), Map.of()), 1.0);
    }
    Map<String, Double> weights = new LinkedHashMap<>();
    for (Country country : chosen()) {
      double weight =
          by.equals("internet-users") ? (double) country.internetUsers() : country.assistantShare();
      weights.put(country.id(), weight);
    }
    double stated = 0;
    Set<String> own = new TreeSet<>();
    for (Map.Entry<String, JsonNode> share : tree.at("/people/shares").properties()) {
      String pointer = "/people/shares/" + share.getKey();
      country(pointer, share.getKey());
      double value = numbers.of(pointer);
      weights.put(share.getKey(), value);
      own.add(share.getKey());
      stated += value;
    }
    if (stated > 1 + TOLERANCE) {
      throw tree.fault(
          "/people/shares",
          String.format(Locale.ROOT, "shares add up to %.4g, which is more than 1", stated));
    }
    return whole(weights, own, stated);
  }

  private Map<Country, Double> whole(Map<String, Double> weights, Set<String> own, double stated) {
    double others =
        weights.entrySet().stream()
            .filter(entry -> !own.contains(entry.getKey()))
            .mapToDouble(Map.Entry::getValue)
            .sum();
    if (others == 0 && stated < 1 - TOLERANCE) {
      throw tree.fault(
          "/people/shares",
          String.format(Locale.ROOT, "shares add up to %.4g and no other country is left", stated));
    }
    Map<Country, Double> shares = new LinkedHashMap<>();
    weights.forEach((id, weight) -> {
      double share = own.contains(id) ? weight : others == 0 ? 0 : weight / others * (1 - stated);
      if (share > 0) {
        shares.put(world.find(id).orElseThrow(), share);
      }
    });
    return shares;
  }

  private List<Country> chosen() {
    return tree.has("/people/countries") ? named("/people/countries") : world.countries();
  }

  /** The countries of a list; none if it is not there. */
  private List<Country> named(String list) {
    List<Country> countries = new ArrayList<>();
    for (int i = 0; i < tree.at(list).size(); i++) {
      String pointer = list + "/" + i;
      countries.add(country(pointer, tree.at(pointer).stringValue()));
    }
    return countries;
  }

  private Country country(String pointer, String id) {
    return world
        .find(id)
        .orElseThrow(() ->
            tree.fault(
                pointer,
                "there is no country '" + id + "'; use ISO 3166-1 alpha-2, as in IN or US"));
  }

  /** How many of each country are simulated; those of whom nobody is left fall out. */
  private Map<Country, Long> people() {
    double stated = numbers.of("/people/reachable");
    if (stated > MOST_PEOPLE) {
      throw tree.fault(
          "/people/reachable",
          String.format(
              Locale.ROOT,
              "%.3g people are more than there are; at most %.0e can be simulated",
              stated,
              MOST_PEOPLE));
    }
    double reachable = stated * scale;
    Map<Country, Long> people = new LinkedHashMap<>();
    shares()
        .forEach((country, share) -> {
          long count = Math.round(reachable * share);
          if (count > 0) {
            people.put(country, count);
          }
        });
    if (people.isEmpty()) {
      throw tree.fault("/people/reachable", "no people are left at a scale of " + scale);
    }
    return people;
  }

  private Population population(Map<Country, Long> people) {
    List<Cohort> cohorts = new ArrayList<>();
    people.forEach((country, count) ->
        cohorts.add(new Cohort(country.id(), country.name(), count, clocks.of(country))));
    return new Population(cohorts);
  }

  private AdoptionModel adoption() {
    return checked(
        "/adoption",
        () ->
            switch (study.text("/adoption/model").orElseThrow()) {
              case "sir" ->
                  new SusceptibleInfectious(
                      numbers.of("/adoption/reproduction-number"),
                      numbers.of("/adoption/active-hours"),
                      0);
              case "seir" ->
                  new SusceptibleInfectious(
                      numbers.of("/adoption/reproduction-number"),
                      numbers.of("/adoption/active-hours"),
                      numbers.of("/adoption/latent-hours"));
              case "bass" ->
                  new Bass(
                      numbers.of("/adoption/innovation-per-day") / HOURS_OF_DAY,
                      numbers.of("/adoption/imitation-per-day") / HOURS_OF_DAY);
              case "self-exciting" -> selfExciting();
              default -> threshold();
            });
  }

  private SelfExciting selfExciting() {
    Memory memory =
        tree.has("/adoption/memory/mean-hours")
            ? new Memory.Exponential(numbers.of("/adoption/memory/mean-hours"))
            : new Memory.PowerLaw(
                numbers.of("/adoption/memory/scale-hours"),
                numbers.of("/adoption/memory/exponent"));
    return new SelfExciting(numbers.of("/adoption/branching"), memory);
  }

  private Threshold threshold() {
    List<Double> shares = new ArrayList<>();
    for (int i = 0; i < tree.at("/adoption/shares-needing").size(); i++) {
      shares.add(numbers.of("/adoption/shares-needing/" + i));
    }
    return new Threshold(selfExciting(), shares);
  }

  private ContactStructure contacts(Population population) {
    if (!tree.has("/contacts")) {
      return checked("/people/reachable", () -> new WellMixed(population.people()));
    }
    return checked(
        "/contacts",
        () ->
            new SocialTies(
                population,
                new SocialTies.Shape(
                    numbers.of("/contacts/ties"),
                    numbers.of("/contacts/ties-log-sd", 1),
                    (int) numbers.of("/contacts/community", 150),
                    numbers.of("/contacts/in-community", 0.5),
                    numbers.of("/contacts/anywhere", 0.05)),
                TIES_SEED));
  }

  private Search search() {
    return tree.has("/search")
        ? checked(
            "/search",
            () ->
                new Search(
                    numbers.of("/search/looking-up"),
                    numbers.of("/search/exposures-per-search"),
                    numbers.of("/search/fading-hours", USUAL_FADING_HOURS)))
        : Search.NONE;
  }

  private Broadcast media(List<Country> countries) {
    int hours = study.hours();
    double[][] byCountry = new double[countries.size()][hours];
    int before = Integer.MIN_VALUE;
    for (int i = 0; i < tree.at("/media").size(); i++) {
      String pointer = "/media/" + i;
      int from = study.hourOf(pointer + "/from");
      if (from < before) {
        throw tree.fault(pointer + "/from", "comes before the entry above it");
      }
      before = from;
      double perHour = numbers.of(pointer + "/exposures-per-day") / HOURS_OF_DAY;
      Set<String> only = new TreeSet<>();
      named(pointer + "/countries").forEach(each -> only.add(each.id()));
      for (int c = 0; c < countries.size(); c++) {
        if (only.isEmpty() || only.contains(countries.get(c).id())) {
          for (int hour = Math.max(0, from); hour < hours; hour++) {
            byCountry[c][hour] = perHour;
          }
        }
      }
    }
    return (cohort, hour) -> byCountry[cohort][hour];
  }
}
