package io.gtrace.report;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.ratecard.RateCard;
import io.gtrace.simulation.people.World;
import io.gtrace.simulation.study.Study;
import io.gtrace.simulation.study.StudyOutcome;
import io.gtrace.simulation.study.StudyRun;
import io.gtrace.uncertainty.Draws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Studies that were really run, each small. */
final class SampleStudies {
  static final String HOSTILE = "</script><img id=x src=x onerror=alert(1)>";

  private static final FactorCatalogue CATALOGUE = FactorCatalogue.shipped();
  private static final RateCard CARD =
      new RateCard(CATALOGUE, Draws.standard(CATALOGUE.correlations()), Fallback.ALLOW);

  private SampleStudies() {}

  /** The first week of the shipped wave: one run. */
  static StudyOutcome week() {
    return run(Study.read("ghibli-2025").forDays(7), 0.0005, 1);
  }

  /** An ensemble of six countries with two scenarios, so long that the map steps by days. */
  static StudyOutcome ensemble() {
    return run(
        written(
            """
            study: ghibli-changed
            extends: ghibli-2025
            title: What a change would have done
            people: {countries: [US, IN, BR, JP, DE, FR]}
            scenarios:
              - {id: fewer, title: Half as many images in a session, set: {use: {outputs-per-session: 1.8}}}
              - {id: more, title: People come back more often, set: {use: {return-share: 0.7}}}
            """),
        0.00005,
        6);
  }

  /** The first days of the wave as images, texts and videos. */
  static StudyOutcome forms() {
    return run(Study.read("text-image-video").forDays(6), 0.00003, 1);
  }

  /** Six days of use beside a training that was small. */
  static StudyOutcome trained() {
    return run(
        written(
            """
            study: trained
            extends: training-vs-inference
            title: A small training
            days: 6
            training: {accelerator-hours: {low: 1000, median: 20000, high: 400000, source: test}}
            """),
        0.0001,
        1);
  }

  /** Adoption alone: nothing is made. */
  static StudyOutcome adoption() {
    return run(
        written(
            """
            study: sir
            title: A wave on ties alone
            start: "2025-01-01"
            days: 20
            people: {reachable: 1.0e7, by: internet-users}
            adoption: {model: sir, reproduction-number: 3, active-hours: 48}
            media:
              - {from: "2025-01-01", exposures-per-day: 0.001}
            """),
        0.002,
        1);
  }

  /** People who move to devices of their own, in four countries. */
  static StudyOutcome moved() {
    return run(
        written(
            """
            study: moved
            extends: decentralised
            title: From none to all
            days: 6
            people: {countries: [FR, US, IN, BR]}
            """),
        0.0001,
        1);
  }

  /** The names of a study are data. */
  static StudyOutcome hostile() {
    return run(
        written(
            """
            study: hostile
            extends: ghibli-2025
            title: "%s"
            story: "%s"
            days: 6
            people: {countries: [US, SE]}
            references:
              - {id: "%s", energy-mwh: 10, carbon-t: 5, source: "%s"}
            """
                .formatted(HOSTILE, HOSTILE, HOSTILE, HOSTILE)),
        0.00005,
        1);
  }

  private static StudyOutcome run(Study study, double scale, int runs) {
    StudyRun.Settings settings = new StudyRun.Settings(scale, 7, 2, runs);
    return new StudyRun(CARD, World.shipped(), settings, StudyRun.Progress.SILENT).run(study);
  }

  private static Study written(String yaml) {
    try {
      Path file = Files.createTempFile("study", ".yaml");
      try {
        return Study.read(Files.writeString(file, yaml).toString());
      } finally {
        Files.delete(file);
      }
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }
}
