package io.gtrace.report;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.ledger.Account;
import io.gtrace.ledger.Dimension;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The sentences that the HTML and the Markdown report share. */
final class Words {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final double ALMOST_ALL = 0.995;

  /** How an amount of work becomes a footprint, one paragraph each. */
  static final List<String> PRICING =
      List.of(
          "Energy. Each activity has volumes, such as tokens read and written, images or seconds of"
              + " sound. A rate for its model says how much electricity one unit of each volume"
              + " takes on the hardware that serves it. The overhead of the building comes on top.",
          "Operational carbon is that electricity times the carbon intensity of the grid where and,"
              + " if the time is known, when the work ran (location-based, as in the GHG Protocol,"
              + " scope\u00a02). Market-based carbon follows the contracts of whoever bought the"
              + " electricity; marginal carbon is what a little more or less demand would change."
              + " The three answer different questions and are never added to each other. Where one of"
              + " them is known for part of the electricity only, its figure is of that part alone.",
          "Embodied carbon is the share of making the hardware that the work wore out. The headline"
              + " is operational location-based plus embodied carbon.",
          "Water is what evaporates for cooling on site and what the power plants use to make the"
              + " electricity.");

  private static final List<String> COMPARING =
      List.of(
          "Uncertainty. Each figure stands at the median of all its factors, so parts add up to"
              + " their whole. The interval beside it holds the true value with a probability of"
              + " 90 %, if the scatter of the factors is right. All figures use the same joint"
              + " draws of the factors: an error that two figures share stays shared, in totals as"
              + " in shares and savings, and does not average out.",
          "Savings compare the account as it was with one change and all else as it was. They"
              + " overlap, so they must not be added up.");

  /** How the figures of an account come about, one paragraph each. */
  static final List<String> METHOD = Stream.of(PRICING, COMPARING).flatMap(List::stream).toList();

  private Words() {}

  /**
   * One line of the table of impacts.
   *
   * @param extent of how much the figure is known, where that is not all; else empty
   */
  record ImpactLine(String name, String meaning, String figure, String extent) {
    /** The figure, and of how much it is known. */
    String inOne() {
      return extent.isEmpty() ? figure : figure + ", " + extent;
    }
  }

  static String heading(Dimension dimension) {
    return switch (dimension) {
      case MODEL -> "Models";
      case TEAM -> "Teams";
      case APP -> "Applications";
      case SITE -> "Places";
      case HOUR -> "Over time";
      case MODALITY -> "Kinds of work";
    };
  }

  static String keyName(Dimension dimension) {
    return switch (dimension) {
      case MODEL -> "Model";
      case TEAM -> "Team";
      case APP -> "Application";
      case SITE -> "Place";
      case HOUR -> "Time";
      case MODALITY -> "Kind";
    };
  }

  static String day(Instant moment) {
    return DAY.format(moment);
  }

  static String moment(Instant moment) {
    return MINUTE.format(moment);
  }

  static String period(Account account) {
    if (account.first().isEmpty() || account.last().isEmpty()) {
      return "Period not known";
    }
    Instant from = account.first().get();
    Instant until = account.last().get();
    String first = DAY.format(from);
    String last = DAY.format(until);
    return first.equals(last)
        ? first + ", " + TIME.format(from) + " to " + TIME.format(until) + " UTC"
        : first + " to " + last;
  }

  /** What all of it comes to, in one sentence. */
  static String summary(Account account) {
    Footprint footprint = account.total().footprint();
    return activities(account)
        + " used about "
        + about(Impact.ENERGY_KWH, footprint)
        + " of electricity, caused about "
        + about(Impact.CARBON_KG, footprint)
        + " and took about "
        + about(Impact.WATER_L, footprint)
        + " of water.";
  }

  private static String activities(Account account) {
    long count = account.total().activities();
    return Figures.count(count) + (count == 1 ? " activity" : " activities");
  }

  private static String about(Impact impact, Footprint footprint) {
    double median = footprint.median(impact);
    Unit unit = Unit.of(impact, median);
    return Figures.rounded(median / unit.size()) + " " + unit.symbol();
  }

  static String heaviest(AccountFindings.Heaviest heaviest) {
    return keyName(heaviest.dimension())
        + " "
        + LineTable.named(heaviest.line())
        + " holds "
        + Figures.share(heaviest.carbon())
        + " of the carbon with "
        + Figures.percent(heaviest.activities())
        + " % of the activities.";
  }

  /** The average of one activity; empty if there is none. */
  static Optional<Footprint> average(Account account) {
    long count = account.total().activities();
    return count == 0
        ? Optional.empty()
        : Optional.of(account.total().footprint().times(1.0 / count));
  }

  static List<ImpactLine> impacts(Account account) {
    Footprint total = account.total().footprint();
    List<ImpactLine> lines = new ArrayList<>();
    for (Impact impact : Impact.values()) {
      if (impact != Impact.CARBON_KG && impact != Impact.WATER_L) {
        Footprint part = account.knownParts().getOrDefault(impact, total);
        lines.add(
            new ImpactLine(
                name(impact),
                meaning(impact),
                part.quantity(impact).map(q -> Figures.of(impact, q)).orElse("not known"),
                account.knownParts().containsKey(impact) ? extent(part, total) : ""));
      }
    }
    return lines;
  }

  private static String extent(Footprint part, Footprint total) {
    double share = energyShare(part, total);
    return "known for "
        + (share < 1 && share >= ALMOST_ALL ? "more than 99" : Figures.percent(share))
        + " % of the electricity";
  }

  /** What share of the electricity a part of an account used, 0 to 1. */
  static double energyShare(Footprint part, Footprint total) {
    double all = total.median(Impact.ENERGY_KWH);
    return all > 0 ? part.median(Impact.ENERGY_KWH) / all : 0;
  }

  private static String name(Impact impact) {
    return switch (impact) {
      case ENERGY_KWH -> "Electricity";
      case OPERATIONAL_LOCATION_BASED_KG -> "Operational carbon, location-based";
      case OPERATIONAL_MARKET_BASED_KG -> "Operational carbon, market-based";
      case MARGINAL_KG -> "Operational carbon, marginal";
      case EMBODIED_KG -> "Embodied carbon";
      case WATER_ON_SITE_L -> "Water on site";
      case WATER_ELECTRICITY_L -> "Water for electricity";
      case CARBON_KG -> "Carbon";
      case WATER_L -> "Water";
    };
  }

  private static String meaning(Impact impact) {
    return switch (impact) {
      case ENERGY_KWH -> "the work itself and the overhead of the building";
      case OPERATIONAL_LOCATION_BASED_KG -> "the electricity at the average of its grid";
      case OPERATIONAL_MARKET_BASED_KG -> "the same electricity by its contracts, instead";
      case MARGINAL_KG -> "what a little less demand would have avoided, instead";
      case EMBODIED_KG -> "a share of making the hardware";
      case WATER_ON_SITE_L -> "evaporated for cooling";
      case WATER_ELECTRICITY_L -> "used to make the electricity";
      case CARBON_KG -> "operational location-based and embodied";
      case WATER_L -> "on site and for electricity";
    };
  }

  /** Energy, carbon or water, inside a sentence. */
  static String kind(Impact impact) {
    return name(impact).toLowerCase(Locale.ROOT);
  }

  static String equivalent(Equivalent equivalent, Quantity count) {
    return Figures.roughly(count.median()) + " " + equivalent.things() + " (" + range(count) + ")";
  }

  static String range(Quantity count) {
    return Figures.roughly(count.low()) + " to " + Figures.roughly(count.high());
  }
}
