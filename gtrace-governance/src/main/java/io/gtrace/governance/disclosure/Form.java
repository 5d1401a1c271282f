package io.gtrace.governance.disclosure;

import io.gtrace.governance.facts.Facts;
import io.gtrace.governance.facts.ReportingPeriod;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A form of one standard, filled for an organisation and a period.
 *
 * @param notApplicable why the standard does not concern the organisation; empty if it does
 * @param entries all fields in their order
 * @param breaches what breaks which rule
 * @param remarks what is wrong with the profile's statements
 */
public record Form(
    Standard standard,
    String organisation,
    ReportingPeriod period,
    Optional<String> notApplicable,
    List<Entry> entries,
    List<Breach> breaches,
    List<String> remarks) {

  /** Who may be shown some fields and not others. */
  public static final Set<String> AUDIENCES =
      Set.of("ai-office", "authorities", "downstream", "public");

  public Form {
    entries = List.copyOf(entries);
    breaches = List.copyOf(breaches);
    remarks = List.copyOf(remarks);
  }

  /** Fills a form from what is known. */
  public static Form filled(Standard standard, Facts facts) {
    return new FormFiller(standard, new FigureBasis(facts)).form();
  }

  /** The entry of a field. */
  public Optional<Entry> entry(String field) {
    return entries.stream().filter(each -> each.field().id().equals(field)).findFirst();
  }

  /** The same with only the fields that somebody may read. */
  public Form forAudience(String reader) {
    List<Entry> shown = entries.stream().filter(each -> each.field().isFor(reader)).toList();
    List<Breach> told =
        breaches.stream()
            .filter(
                breach -> shown.stream().anyMatch(each -> each.field().id().equals(breach.field())))
            .toList();
    return new Form(standard, organisation, period, notApplicable, shown, told, remarks);
  }

  public List<Entry> missing() {
    return entries.stream().filter(each -> each.state() == Entry.State.MISSING).toList();
  }

  /** How many of the fields that should be filled are. */
  public long filledRequired() {
    return entries.stream()
        .filter(each -> each.field().isRequired() && each.state() == Entry.State.FILLED)
        .count();
  }

  /** How many fields should be filled. */
  public long required() {
    return filledRequired() + missing().size();
  }
}
