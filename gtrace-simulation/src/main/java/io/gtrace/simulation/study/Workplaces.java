package io.gtrace.simulation.study;

import io.gtrace.activity.Activity;
import io.gtrace.activity.Volumes;
import io.gtrace.footprint.Impact;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.RateCard;
import io.gtrace.simulation.wave.EnergyOfOutput;
import io.gtrace.simulation.wave.Venues;
import io.gtrace.site.Site;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;

/** The venues of a study on the rate card: which model runs there, and what an output costs. */
final class Workplaces implements EnergyOfOutput {
  static final String ANYWHERE = "WORLD";

  private final RateCard card;
  private final Venues venues;
  private final List<String> models;
  private final Outputs outputs;
  private final int year;

  /**
   * @param models the model of each venue
   */
  Workplaces(RateCard card, Venues venues, List<String> models, Outputs outputs, Instant start) {
    this.card = card;
    this.venues = venues;
    this.models = models;
    this.outputs = outputs;
    year = LocalDate.ofInstant(start, ZoneOffset.UTC).getYear();
  }

  /** In which the study begins. */
  int year() {
    return year;
  }

  int kinds() {
    return outputs.count();
  }

  Venues venues() {
    return venues;
  }

  /**
   * The row that prices an output of a kind at a venue over the whole year.
   *
   * @param zone grid zone of the user, which feeds a device
   */
  CardRow row(int venue, int kind, String zone) {
    Activity activity = outputs.activity(kind, models.get(venue));
    return card.rowOfYear(
        models.get(venue), activity.modality(), site(venue, zone), OptionalInt.of(year));
  }

  private Site site(int venue, String zone) {
    if (venues.all().get(venue) instanceof Venues.InRegion inRegion) {
      return Site.parse(inRegion.region().site());
    }
    return new Site.EdgeDevice(((Venues.OnDevice) venues.all().get(venue)).device().id(), zone);
  }

  /** The volumes of one output of a kind at a venue. */
  Volumes volumes(int venue, int kind, CardRow row) {
    return outputs.activity(kind, models.get(venue)).volumes(row.defaults());
  }

  @Override
  public double kwh(int venue, int kind) {
    CardRow row = row(venue, kind, ANYWHERE);
    return row.price(volumes(venue, kind, row)).median(Impact.ENERGY_KWH);
  }

  @Override
  public double loadShare(int venue, int kind) {
    CardRow row = row(venue, kind, ANYWHERE);
    return row.drawn().insideFacility(volumes(venue, kind, row), Impact.ENERGY_KWH)
        / kwh(venue, kind);
  }
}
