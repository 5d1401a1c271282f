package io.gtrace.governance.demo;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Usage of a year, hour by hour: five services of four teams on open models in two data centres and
 * a cloud. Work follows the day and the week, grows, varies, and moves from Frankfurt to Paris over
 * the year; one day is as busy as four. All of it is assumed. The same rows for the same seed.
 */
final class SimulatedTeams {
  static final int YEAR = 2025;
  static final String FRANKFURT = "DE";
  static final String PARIS = "FR";
  static final String CLOUD = "azure/germanywestcentral";

  /** The day on which a campaign made the studio as busy as on four days. */
  static final LocalDate CAMPAIGN = LocalDate.of(YEAR, 11, 12);

  private static final double CAMPAIGN_FACTOR = 4;
  private static final double WEEKEND = 0.35;
  private static final double GROWTH_OF_THE_YEAR = 0.25;
  private static final double CLOUD_SHARE = 0.12;
  private static final double PARIS_SHARE_AT_FIRST = 0.05;
  private static final double PARIS_SHARE_AT_LAST = 0.5;
  private static final double NOISE = 0.12;

  /** One service: what it asks of a model, and how often at the busiest hour. */
  enum Service {
    ASSISTANT("assistant", "support", "llama-3.3-70b-instruct", 900, 1_100, 210),
    COPILOT("copilot", "engineering", "qwen2.5-coder-32b-instruct", 1_400, 2_000, 30),
    SUMMARIES("summaries", "operations", "llama-3.1-8b-instruct", 500, 3_000, 180),
    SEARCH("search", "operations", "bge-m3", 4_000, 300, 0),
    STUDIO("studio", "marketing", "flux.1-dev", 60, 0, 0);

    final String app;
    final String team;
    final String model;
    final double requestsAtNoon;
    final int inputTokens;
    final int outputTokens;

    Service(
        String app,
        String team,
        String model,
        double requestsAtNoon,
        int inputTokens,
        int outputTokens) {
      this.app = app;
      this.team = team;
      this.model = model;
      this.requestsAtNoon = requestsAtNoon;
      this.inputTokens = inputTokens;
      this.outputTokens = outputTokens;
    }

    boolean makesImages() {
      return this == STUDIO;
    }

    String modality() {
      return switch (this) {
        case SEARCH -> "embedding";
        case STUDIO -> "image";
        default -> "text";
      };
    }

    String functionalUnit() {
      return makesImages() ? "image" : "token";
    }
  }

  private final SplittableRandom random;

  SimulatedTeams(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Writes the year as a file with plain columns. */
  void write(Path csv) throws IOException {
    try (Writer out = Files.newBufferedWriter(csv)) {
      out.write(
          "request_id,timestamp,model,site,team,app,requests,count,input_tokens,output_tokens,modality\n");
      LocalDateTime hour = LocalDate.of(YEAR, 1, 1).atStartOfDay();
      while (hour.getYear() == YEAR) {
        for (Service service : Service.values()) {
          rows(out, hour, service);
        }
        hour = hour.plusHours(1);
      }
    }
  }

  private void rows(Writer out, LocalDateTime hour, Service service) throws IOException {
    double ofYear = (hour.getDayOfYear() - 1) / 365.0;
    double paris = PARIS_SHARE_AT_FIRST + (PARIS_SHARE_AT_LAST - PARIS_SHARE_AT_FIRST) * ofYear;
    double all = requests(hour, service, ofYear);
    List<Double> shares = List.of(1 - CLOUD_SHARE - paris, paris, CLOUD_SHARE);
    List<String> sites = List.of(FRANKFURT, PARIS, CLOUD);
    for (int i = 0; i < sites.size(); i++) {
      long requests = Math.round(all * shares.get(i));
      if (requests > 0) {
        out.write(row(hour, service, sites.get(i), requests));
      }
    }
  }

  private double requests(LocalDateTime hour, Service service, double ofYear) {
    double ofDay = 0.55 + 0.45 * Math.cos((hour.getHour() - 13) * Math.PI / 12);
    boolean weekend =
        hour.getDayOfWeek() == DayOfWeek.SATURDAY || hour.getDayOfWeek() == DayOfWeek.SUNDAY;
    boolean campaign = service == Service.STUDIO && hour.toLocalDate().equals(CAMPAIGN);
    double noise = Math.exp(NOISE * random.nextGaussian());
    return service.requestsAtNoon
        * ofDay
        * (weekend ? WEEKEND : 1)
        * (1 + GROWTH_OF_THE_YEAR * ofYear)
        * (campaign ? CAMPAIGN_FACTOR : 1)
        * noise;
  }

  private static String row(LocalDateTime hour, Service service, String site, long requests) {
    return String.join(
            ",",
            hour + "/" + service.app + "/" + site,
            hour + ":00Z",
            service.model,
            site,
            service.team,
            service.app,
            Long.toString(requests),
            service.makesImages() ? Long.toString(requests) : "",
            Long.toString(requests * service.inputTokens),
            Long.toString(requests * service.outputTokens),
            service.modality())
        + "\n";
  }
}
