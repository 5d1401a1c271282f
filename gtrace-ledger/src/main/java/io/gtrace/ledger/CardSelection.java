package io.gtrace.ledger;

import io.gtrace.activity.Modality;
import io.gtrace.factor.CloudRegion;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.factor.HourlyProfile;
import io.gtrace.factor.Model;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.RateCard;
import io.gtrace.site.Site;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Which rows of a card are asked for.
 *
 * @param models by any of their names; none for all
 * @param places where they run; {@code all} for every cloud region, an empty name for where each
 *     provider runs its models; none for the latter alone
 * @param accelerators on which training is priced, in addition
 * @param year of the grid factors; empty for the newest
 * @param hours whether months and hours of the day are told apart where they are known
 * @param fallback what becomes of models that are not known
 */
public record CardSelection(
    List<String> models,
    List<String> places,
    List<String> accelerators,
    OptionalInt year,
    boolean hours,
    Fallback fallback) {
  private static final String ALL = "all";

  /**
   * @throws IllegalArgumentException if hours are asked for without a year
   */
  public CardSelection {
    models = List.copyOf(models);
    places = places.isEmpty() ? List.of("") : List.copyOf(places);
    accelerators = List.copyOf(accelerators);
    if (hours && year.isEmpty()) {
      throw new IllegalArgumentException("hours are those of a year: name it");
    }
  }

  private record Subject(String name, Modality modality) {}

  /**
   * The rows, compiled as they are asked for.
   *
   * @throws io.gtrace.factor.UnknownNameException if a name is not known
   */
  public Stream<CardRow> rows(RateCard card) {
    List<Subject> subjects = subjects(card.catalogue());
    List<Site> sites = sites(card.catalogue());
    return subjects.stream()
        .flatMap(subject -> sites.stream().flatMap(site -> rows(card, subject, site)));
  }

  /** How many rows there can be at most. */
  public long mostRows(RateCard card) {
    long pairs = (long) subjects(card.catalogue()).size() * sites(card.catalogue()).size();
    return hours ? pairs * HourlyProfile.SLOTS : pairs;
  }

  private Stream<CardRow> rows(RateCard card, Subject subject, Site site) {
    return hours
        ? card.rowsByHour(subject.name(), subject.modality(), site, year.orElseThrow()).stream()
        : Stream.of(card.rowOfYear(subject.name(), subject.modality(), site, year));
  }

  private List<Subject> subjects(FactorCatalogue catalogue) {
    Stream<Model> chosen =
        models.isEmpty()
            ? catalogue.models().stream()
            : models.stream().map(name -> catalogue.model(name, Modality.TEXT, fallback));
    return Stream.concat(
            chosen.map(model -> new Subject(model.id(), model.modality())),
            accelerators.stream()
                .map(name -> new Subject(catalogue.accelerator(name).id(), Modality.TRAINING)))
        .toList();
  }

  private List<Site> sites(FactorCatalogue catalogue) {
    return places.stream()
        .flatMap(place ->
            place.equals(ALL)
                ? catalogue.regions().stream().map(CloudRegion::id)
                : Stream.of(place))
        .map(Site::parse)
        .toList();
  }
}
