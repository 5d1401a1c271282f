package io.gtrace.server.page;

import io.gtrace.report.Figures;
import io.gtrace.server.study.StudyRun;
import io.gtrace.simulation.study.Study;
import io.gtrace.simulation.study.StudyTotals;
import java.util.ArrayList;
import java.util.List;

/** The waves that ship as studies: what each tells, how to run it, and the runs of this server. */
final class StudiesPage implements View {
  private static final int HOURS_OF_DAY = 24;
  private static final int PERCENT = 100;

  /** From a look within seconds to all people of a wave. */
  private static final List<CalculatorPage.Choice> SCALES =
      List.of(
          new CalculatorPage.Choice("0.0001", "1:10,000, quick"),
          new CalculatorPage.Choice("0.001", "1:1,000"),
          new CalculatorPage.Choice("0.01", "1:100"),
          new CalculatorPage.Choice("0.1", "1:10"),
          new CalculatorPage.Choice("1", "1:1, every person"));

  private final List<Study> studies;
  private final List<StudyRun> runs;
  private final boolean mayRun;

  /**
   * @param studies those that ship
   * @param runs those of the organisation, newest first
   * @param mayRun whether the visitor may start and end runs here
   */
  StudiesPage(List<Study> studies, List<StudyRun> runs, boolean mayRun) {
    this.studies = List.copyOf(studies);
    this.runs = List.copyOf(runs);
    this.mayRun = mayRun;
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

  boolean mayRun() {
    return mayRun;
  }

  /** Scales to choose from, coarse ones first, which take seconds. */
  List<CalculatorPage.Choice> scales() {
    return SCALES;
  }

  /** Runs of which something came, in the order of the page. */
  List<StudyRun> comparable() {
    return runs.stream().filter(run -> run.totals().isPresent()).toList();
  }

  StudyTotals totals(StudyRun run) {
    return run.totals().orElseThrow();
  }

  String setting(StudyTotals totals) {
    return "1:"
        + Figures.rounded(1 / totals.scale())
        + ", "
        + Figures.count(totals.hours())
        + (totals.hours() == 1 ? " hour, " : " hours, ")
        + Figures.count(totals.runs())
        + (totals.runs() == 1 ? " run" : " runs");
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
