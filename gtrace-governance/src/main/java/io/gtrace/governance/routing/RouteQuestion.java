package io.gtrace.governance.routing;

import io.gtrace.activity.Activity;
import io.gtrace.activity.Context;
import io.gtrace.activity.Embedding;
import io.gtrace.activity.ImageGeneration;
import io.gtrace.activity.Modality;
import io.gtrace.activity.TextGeneration;
import io.gtrace.activity.VideoGeneration;
import io.gtrace.activity.Volumes;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.factor.Position;
import io.gtrace.governance.routing.Router.Reach;
import io.gtrace.governance.routing.Router.Route;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.RateCard;
import io.gtrace.site.Site;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where and when a request should run, as somebody asks it.
 *
 * @param model by any of its names
 * @param places among which to choose
 * @param start when it could start
 * @param withinHours how many hours it may wait, 0 to {@link #MOST_HOURS}
 * @param inputTokens that it reads, of text
 * @param outputTokens that it writes, of text
 * @param usersAt a country or region where its users are; empty if that does not matter
 * @param maxRoundTripMs longest round trip that they bear, ms; infinite for any
 */
public record RouteQuestion(
    String model,
    List<String> places,
    Instant start,
    int withinHours,
    long inputTokens,
    long outputTokens,
    Optional<String> usersAt,
    double maxRoundTripMs) {
  /** Profiles are of mean days: a week ahead is as good as any longer wait. */
  public static final int MOST_HOURS = 168;

  private static final double VIDEO_SECONDS = 5;

  public RouteQuestion {
    places = List.copyOf(places);
  }

  /**
   * All places that are near enough, each in its best hour, least carbon first.
   *
   * @param fallback what becomes of models that are not known
   * @throws io.gtrace.factor.UnknownNameException if a name is not known
   * @throws IllegalArgumentException if no place is near enough, or requests of such models are not
   *     known
   */
  public List<Route> routes(RateCard card, Fallback fallback) {
    Modality modality = card.catalogue().model(model, Modality.TEXT, fallback).modality();
    OptionalInt year = OptionalInt.of(start.atZone(ZoneOffset.UTC).getYear());
    Router router = Router.of(card, model, modality, places, year);
    CardRow row = card.rowOfYear(model, modality, Site.parse(router.regions().get(0)), year);
    Volumes volumes = request(modality).volumes(row.defaults());
    return router.all(volumes, start, withinHours, reach(card.catalogue(), router));
  }

  private Activity request(Modality modality) {
    return switch (modality) {
      case TEXT -> TextGeneration.of(model, inputTokens, outputTokens);
      case EMBEDDING -> new Embedding(model, 1, inputTokens, Context.UNKNOWN);
      case IMAGE -> ImageGeneration.of(model, 1);
      case VIDEO -> VideoGeneration.of(model, VIDEO_SECONDS);
      default ->
          throw new IllegalArgumentException(
              "only requests of text, embedding, image and video models are routed, not of "
                  + modality.label());
    };
  }

  private Reach reach(FactorCatalogue catalogue, Router router) {
    if (usersAt.isEmpty()) {
      return router.anywhere();
    }
    Position from =
        Places.position(catalogue, catalogue.place(usersAt.get(), Fallback.REFUSE))
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "nobody knows where '"
                        + usersAt.get()
                        + "' lies; name a country or region as the place of the users"));
    return router.within(from, maxRoundTripMs);
  }
}
