package io.gtrace.governance.advice;

import io.gtrace.ledger.query.GroupBy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an organisation says about its work, beyond what its ledger knows.
 *
 * @param workloads those with a say of their own; the first that matches counts
 * @param regions where work may go; empty for the regions of its own cloud
 * @param capacityKw most power of hardware that a region gives, kW, by canonical name of the site
 * @param prices what things cost
 * @param quality tier of each model, by canonical id; the higher the better
 * @param smaller which smaller model could stand in for a model, by canonical id
 * @param assumptions what a change is taken to do
 */
public record Organisation(
    List<Workload> workloads,
    List<String> regions,
    Map<String, Double> capacityKw,
    Prices prices,
    Map<String, Integer> quality,
    Map<String, String> smaller,
    Assumptions assumptions) {

  public Organisation {
    workloads = List.copyOf(workloads);
    regions = List.copyOf(regions);
    capacityKw = Map.copyOf(capacityKw);
    quality = Map.copyOf(quality);
    smaller = Map.copyOf(smaller);
  }

  /** An organisation that says nothing: all assumptions as shipped. */
  public static Organisation silent() {
    return new Organisation(
        List.of(), List.of(), Map.of(), Prices.NONE, Map.of(), Map.of(), Assumptions.shipped());
  }

  /** The same with other assumptions. */
  public Organisation with(Assumptions others) {
    return new Organisation(workloads, regions, capacityKw, prices, quality, smaller, others);
  }

  /** The dimensions of the ledger that its workloads are told apart by. */
  public List<GroupBy> dimensions() {
    Set<GroupBy> all = new TreeSet<>();
    workloads.forEach(each -> all.addAll(each.match().keySet()));
    return List.copyOf(all);
  }

  Workload workload(Map<GroupBy, String> values) {
    return workloads.stream()
        .filter(each -> each.matches(values))
        .findFirst()
        .orElse(Workload.OTHER);
  }
}
