package io.gtrace.simulation.study;

import io.gtrace.activity.Driver;
import io.gtrace.activity.Volumes;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.DrawnRates;
import io.gtrace.ratecard.DrawnSite;
import io.gtrace.ratecard.RateCard;
import io.gtrace.simulation.study.StudyOutcome.Group;
import io.gtrace.simulation.use.OutputKind;
import io.gtrace.site.Site;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;

/** Sets each device of a study beside each of its services, country by country. */
final class BreakEven {
  private final StudyTree tree;
  private final StudyNumbers medians;
  private final RateCard card;
  private final Outputs outputs;
  private final List<OutputKind> kinds;
  private final OptionalInt year;
  private final int drawCount;

  BreakEven(Study study, StudyNumbers medians, RateCard card) {
    tree = study.tree();
    this.medians = medians;
    this.card = card;
    outputs = new Outputs(tree, medians);
    kinds = outputs.kinds();
    year = OptionalInt.of(LocalDate.ofInstant(study.start(), ZoneOffset.UTC).getYear());
    drawCount = card.newSum().footprint().draws(Impact.ENERGY_KWH).length;
  }

  /**
   * The average output made somewhere.
   *
   * @param insideKwh energy before the overhead of the facility
   * @param insideKg carbon of that energy with the overhead
   * @param idleKwh of it machines on standby, with every factor at its median
   */
  private record OneOutput(
      JointFigure kwh,
      JointFigure insideKwh,
      JointFigure insideKg,
      JointFigure embodiedKg,
      JointFigure allKg,
      double idleKwh) {

    OneOutput plus(OneOutput other) {
      return new OneOutput(
          kwh.plus(other.kwh),
          insideKwh.plus(other.insideKwh),
          insideKg.plus(other.insideKg),
          embodiedKg.plus(other.embodiedKg),
          allKg.plus(other.allKg),
          idleKwh + other.idleKwh);
    }

    JointFigure kgPerKwh() {
      return insideKg.over(insideKwh);
    }
  }

  /**
   * @param countries whose people choose
   * @param outputsOf outputs of a country in each run
   */
  List<LocalChoice> choices(List<Group> countries, CountryOutputs outputsOf) {
    List<LocalChoice> choices = new ArrayList<>();
    if (countries.isEmpty()) {
      return choices;
    }
    for (int d = 0; d < tree.at("/devices").size(); d++) {
      String device = "/devices/" + d;
      List<OneOutput> local = local(device, countries);
      for (int s = 0; s < tree.at("/services").size(); s++) {
        String service = "/services/" + s;
        Set<String> models = new LinkedHashSet<>();
        models.add(tree.at(service + "/model").stringValue());
        models.add(tree.at(device + "/model").stringValue());
        for (String model : models) {
          choices.add(choice(device, service, model, countries, local, outputsOf));
        }
      }
    }
    return List.copyOf(choices);
  }

  /** Outputs of a country in each run of the study, at its full size. */
  @FunctionalInterface
  interface CountryOutputs {
    double[] of(String country);
  }

  private List<OneOutput> local(String device, List<Group> countries) {
    String id = tree.at(device + "/device").stringValue();
    String model = tree.at(device + "/model").stringValue();
    List<OneOutput> local = new ArrayList<>();
    for (Group country : countries) {
      Site site = new Site.EdgeDevice(id, country.id());
      local.add(average(model, Map.of(site, 1.0)));
    }
    return local;
  }

  private OneOutput atService(String service, String model) {
    Map<Site, Double> sites = new LinkedHashMap<>();
    for (int r = 0; r < tree.at(service + "/regions").size(); r++) {
      String region = service + "/regions/" + r;
      sites.merge(
          Site.parse(tree.at(region + "/site").stringValue()),
          medians.of(region + "/share"),
          Double::sum);
    }
    return average(model, sites);
  }

  /**
   * @param sites shares of the places, 1 in all
   */
  private OneOutput average(String model, Map<Site, Double> sites) {
    JointFigure nothing = JointFigure.nothing(drawCount);
    OneOutput sum = new OneOutput(nothing, nothing, nothing, nothing, nothing, 0);
    for (Map.Entry<Site, Double> site : sites.entrySet()) {
      for (int kind = 0; kind < kinds.size(); kind++) {
        double share = site.getValue() * kinds.get(kind).share();
        sum = sum.plus(part(model, site.getKey(), kind, share));
      }
    }
    return sum;
  }

  private OneOutput part(String model, Site site, int kind, double share) {
    CardRow row = card.rowOfYear(model, outputs.activity(kind, model).modality(), site, year);
    Volumes volumes = outputs.activity(kind, model).volumes(row.defaults()).times(share);
    JointFigure insideKwh = insideKwh(row, volumes);
    DrawnSite.PerKwh carbon =
        Objects.requireNonNull(
            row.drawn().site().perKwh().get(Impact.OPERATIONAL_LOCATION_BASED_KG));
    Footprint footprint = row.price(volumes);
    return new OneOutput(
        JointFigure.of(footprint, Impact.ENERGY_KWH),
        insideKwh,
        insideKwh.times(JointFigure.of(carbon.inside())),
        JointFigure.of(footprint, Impact.EMBODIED_KG),
        JointFigure.of(footprint, Impact.CARBON_KG),
        row.idleKwh(volumes));
  }

  private JointFigure insideKwh(CardRow row, Volumes volumes) {
    DrawnRates rates = row.drawn().rates();
    JointFigure sum = JointFigure.nothing(drawCount);
    for (int d = 0; d < rates.drivers().size(); d++) {
      Driver driver = rates.drivers().get(d);
      sum = sum.plus(JointFigure.of(rates.rate(d).insideFacilityKwh()).times(volumes.get(driver)));
    }
    return sum;
  }

  private LocalChoice choice(
      String device,
      String service,
      String model,
      List<Group> countries,
      List<OneOutput> local,
      CountryOutputs outputsOf) {
    OneOutput served = atService(service, model);
    OneOutput any = local.get(0);
    List<LocalChoice.InCountry> choices = new ArrayList<>();
    for (int c = 0; c < countries.size(); c++) {
      Group country = countries.get(c);
      OneOutput own = local.get(c);
      choices.add(
          new LocalChoice.InCountry(
              country.id(),
              country.name(),
              country.outputs(),
              own.kgPerKwh().quantity(),
              own.allKg().quantity(),
              own.insideKg().shareBelow(served.insideKg()),
              own.allKg().shareBelow(served.allKg()),
              served.allKg().minus(own.allKg()).timesRuns(outputsOf.of(country.id()))));
    }
    return new LocalChoice(
        tree.at(device + "/device").stringValue(),
        tree.at(device + "/model").stringValue(),
        tree.at(service + "/id").stringValue(),
        model,
        any.kwh().quantity(),
        any.insideKwh().over(served.insideKwh()).quantity(),
        any.idleKwh() / any.insideKwh().median(),
        any.embodiedKg().quantity(),
        served.kgPerKwh().quantity(),
        served.allKg().quantity(),
        served.allKg().minus(any.embodiedKg()).over(any.insideKwh()).quantity(),
        choices);
  }
}
