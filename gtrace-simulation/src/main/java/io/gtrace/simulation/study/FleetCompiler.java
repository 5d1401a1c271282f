package io.gtrace.simulation.study;

import io.gtrace.activity.Activity;
import io.gtrace.factor.Accelerator;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.simulation.serving.Fleet;
import io.gtrace.simulation.serving.FleetPlan;
import io.gtrace.simulation.serving.Replica;
import io.gtrace.simulation.use.OutputKind;
import io.gtrace.simulation.use.Service;
import io.gtrace.simulation.wave.Venues;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The fleets of a study: of each service as many accelerators in a region as the largest share of
 * the service's sessions that it may get. A service that says nothing of its fleet always has room.
 */
final class FleetCompiler {
  private static final double SECONDS_PER_HOUR = 3_600;

  private final Study study;
  private final StudyTree tree;
  private final StudyNumbers numbers;
  private final FactorCatalogue catalogue;
  private final double scale;

  FleetCompiler(Study study, StudyNumbers numbers, FactorCatalogue catalogue, double scale) {
    this.study = study;
    this.tree = study.tree();
    this.numbers = numbers;
    this.catalogue = catalogue;
    this.scale = scale;
  }

  /** New fleets for one run. */
  Function<Venues.InRegion, Fleet> fleets() {
    Map<String, String> pointers = new HashMap<>();
    Map<String, Replica> replicas = new HashMap<>();
    for (int s = 0; s < tree.at("/services").size(); s++) {
      String service = "/services/" + s;
      if (tree.has(service + "/fleet")) {
        String id = tree.at(service + "/id").stringValue();
        pointers.put(id, service + "/fleet");
        replicas.put(id, replica(service));
      }
    }
    return in -> {
      Replica replica = replicas.get(in.service().id());
      return replica == null
          ? Fleet.boundless()
          : plan(pointers.getOrDefault(in.service().id(), ""), replica, in.region()).start(scale);
    };
  }

  private Replica replica(String service) {
    String fleet = service + "/fleet";
    Outputs outputs = new Outputs(tree, numbers);
    List<OutputKind> kinds = outputs.kinds();
    int usual =
        kinds.indexOf(kinds.stream().max(Comparator.comparingDouble(OutputKind::share)).get());
    Activity output = outputs.activity(usual, tree.at(service + "/model").stringValue());
    Accelerator accelerator = catalogue.accelerator(tree.at(fleet + "/accelerator").stringValue());
    int together =
        tree.at(fleet + "/accelerators-per-replica")
            .intValue(Replica.usualAccelerators(catalogue, output, accelerator));
    try {
      return Replica.of(
          catalogue, output, accelerator, together, (int) numbers.of(fleet + "/largest-batch", 64));
    } catch (IllegalArgumentException wrong) {
      throw tree.fault(fleet, String.valueOf(wrong.getMessage()));
    }
  }

  private FleetPlan plan(String fleet, Replica replica, Service.Region region) {
    double most =
        accelerators(replica, region.mostShare() * numbers.of(fleet + "/most-outputs-per-hour"));
    double least =
        Math.min(
            most,
            accelerators(
                replica, region.share() * numbers.of(fleet + "/least-outputs-per-hour", 0)));
    FleetPlan.Scaling scaling =
        new FleetPlan.Scaling(
            least,
            most,
            numbers.of(fleet + "/target-load", 0.7),
            most * numbers.of(fleet + "/more-per-hour", 0.2),
            (int) numbers.of(fleet + "/kept-hours", 2));
    return new FleetPlan(
        replica, scaling, numbers.of(fleet + "/longest-wait-s", 300), outages(fleet));
  }

  private static double accelerators(Replica replica, double outputsPerHour) {
    return replica.acceleratorsFor(outputsPerHour / SECONDS_PER_HOUR);
  }

  private List<FleetPlan.Outage> outages(String fleet) {
    List<FleetPlan.Outage> outages = new ArrayList<>();
    for (int i = 0; i < tree.at(fleet + "/outages").size(); i++) {
      String pointer = fleet + "/outages/" + i;
      int from = study.hourOf(pointer + "/from");
      int until = study.hourOf(pointer + "/until");
      if (until <= from) {
        throw tree.fault(pointer + "/until", "must come after the begin of the outage");
      }
      if (until > 0) {
        outages.add(
            new FleetPlan.Outage(
                Math.max(0, from), until, numbers.of(pointer + "/serving-share", 0)));
      }
    }
    return outages;
  }
}
