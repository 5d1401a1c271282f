package io.gtrace.server.api;

import io.gtrace.server.study.StudyLimits;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the API needs to know beside ledgers.
 *
 * @param profiles files that say who an organisation is, by its name: without one there is no
 *     pyramid and no disclosure
 * @param workloads files that say what may be done with the work of an organisation, by its name;
 *     without one advice takes nothing for granted
 * @param studies how much studies may take
 */
public record ApiOptions(
    Map<String, Path> profiles, Map<String, Path> workloads, StudyLimits studies) {
  /** Nothing is known, and studies take no more than they should beside a ledger. */
  public static final ApiOptions USUAL = new ApiOptions(Map.of(), Map.of(), StudyLimits.USUAL);

  public ApiOptions {
    profiles = Map.copyOf(profiles);
    workloads = Map.copyOf(workloads);
  }
}
