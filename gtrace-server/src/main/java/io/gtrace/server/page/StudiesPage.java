package io.gtrace.server.page;

import io.gtrace.report.Figures;
import io.gtrace.server.study.StudyRun;
import io.gtrace.simulation.study.Study;
import java.util.ArrayList;
import java.util.List;

/** The waves that ship as studies: what each tells, how to run it, and the runs of this server. */
final class StudiesPage implements View {
  private static final int HOURS_OF_DAY = 24;
  private static final int PERCENT = 100;

  private final List<Study> studies;
  private final List<StudyRun> runs;

  /**
   * @param studies those that ship
   * @param runs those of the organisation, newest first
   */
  StudiesPage(List<Study> studies, List<StudyRun> runs) {
    this.studies = List.copyOf(studies);
    this.runs = List.copyOf(runs);
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

  /** Tells the progress of runs as it comes. */
  @Override
  public String module() {
    return "studies.js";
  }

  List<StudyRun> runs() {
    return runs;
  }

  /** What is done, in whole percent: it says 100 of nothing that goes on. */
  int percent(StudyRun run) {
    return (int) (PERCENT * run.share());
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
