package io.gtrace.report;

import io.gtrace.trace.Provenance;
import java.time.Instant;
import java.util.List;

/**
 * What a report says beside its account.
 *
 * @param generatedAt when the report was made, printed as it is
 * @param levers priced alternatives, in addition to those that follow from the account itself
 * @param sources where the factors behind the figures come from
 */
public record ReportContext(Instant generatedAt, List<Lever> levers, List<Provenance> sources) {
  public ReportContext {
    levers = List.copyOf(levers);
    sources = List.copyOf(sources);
  }

  /** No levers but the account's own, no sources. */
  public static ReportContext at(Instant generatedAt) {
    return new ReportContext(generatedAt, List.of(), List.of());
  }

  public ReportContext withLevers(List<Lever> newLevers) {
    return new ReportContext(generatedAt, newLevers, sources);
  }

  public ReportContext withSources(List<Provenance> newSources) {
    return new ReportContext(generatedAt, levers, newSources);
  }
}
