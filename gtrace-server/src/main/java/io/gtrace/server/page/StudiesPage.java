package io.gtrace.server.page;

import io.gtrace.report.Figures;
import io.gtrace.simulation.study.Study;
import java.util.ArrayList;
import java.util.List;

/** The waves that ship as studies: what each tells, and how to run it. */
final class StudiesPage implements View {
  private static final int HOURS_OF_DAY = 24;

  private final List<Study> studies;

  /** The studies that ship. */
  static StudiesPage shipped() {
    return new StudiesPage(Study.shipped().stream().map(Study::read).toList());
  }

  private StudiesPage(List<Study> studies) {
    this.studies = List.copyOf(studies);
  }

  @Override
  public String template() {
    return "studies.jte";
  }

  @Override
  public String title() {
    return "Studies";
  }

  @Override
  public Room room() {
    return Room.STUDIES;
  }

  List<Study> studies() {
    return studies;
  }

  int days(Study study) {
    return study.hours() / HOURS_OF_DAY;
  }

  String begins(Study study) {
    return Moments.day(study.start());
  }

  /** A published figure in words. */
  String words(Study.Reference reference) {
    List<String> parts = new ArrayList<>();
    reference.energyMwh().ifPresent(mwh -> parts.add(Figures.rounded(mwh) + " MWh"));
    reference.carbonT().ifPresent(tonnes -> parts.add(Figures.rounded(tonnes) + " t CO2e"));
    return (parts.isEmpty() ? "" : String.join(", ", parts) + ": ") + reference.source();
  }

  String command(Study study) {
    return "gtrace study run " + study.id() + " --days 7 --out " + study.id();
  }
}
