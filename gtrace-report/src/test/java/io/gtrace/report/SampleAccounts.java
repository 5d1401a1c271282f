package io.gtrace.report;

import io.gtrace.GTrace;
import io.gtrace.activity.TextGeneration;
import io.gtrace.factor.Position;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.ledger.Account;
import io.gtrace.ledger.Account.Line;
import io.gtrace.ledger.Account.Place;
import io.gtrace.ledger.Dimension;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Accounts of real footprints, booked call by call. */
final class SampleAccounts {
  static final Instant START = Instant.parse("2025-03-01T00:00:00Z");
  static final String HOSTILE = "</script><b id=x onclick=alert(1)>|`=cmd`";

  private static final Map<String, Place> PLACES =
      Map.of(
          "eu-west-3", new Place("Europe (Paris)", "FR", at(48.9, 2.4)),
          "eu-north-1", new Place("Europe (Stockholm)", "SE", at(59.3, 18.1)),
          "us-east-1", new Place("US East (N. Virginia)", "US-VA", at(38.9, -77.4)),
          "ap-southeast-2", new Place("Asia Pacific (Sydney)", "AU-NSW", at(-33.9, 151.2)),
          "ap-south-1", new Place("Asia Pacific (Mumbai)", "IN", at(19.1, 72.9)),
          "DE", new Place("Germany", "DE", at(51, 9)),
          "eu-central-1", new Place("Europe (Frankfurt)", "DE", at(50.1, 8.7)),
          "NL", new Place("Netherlands", "NL", at(52.1, 5.3)),
          "FR", new Place("France", "FR", at(46.6, 2.2)));

  private final Map<Dimension, Map<String, Line>> lines = new EnumMap<>(Dimension.class);
  private Optional<Line> total = Optional.empty();
  private Optional<Instant> first = Optional.empty();
  private Optional<Instant> last = Optional.empty();

  private static Optional<Position> at(double latitude, double longitude) {
    return Optional.of(new Position(latitude, longitude));
  }

  /** What a company might have: three models, four teams, five places, three weeks by the hour. */
  static Account company() {
    SampleAccounts sample = new SampleAccounts();
    String[] models = {"gpt-4o", "gpt-4o-mini", "claude-sonnet-4-20250514"};
    String[] teams = {"Customer care", "Engineering", "Marketing", ""};
    String[] apps = {"help-desk", "code-review", "newsletter", "search", "translate"};
    String[] sites = {"us-east-1", "eu-west-3", "ap-southeast-2", "eu-north-1", "ap-south-1"};
    for (int hour = 0; hour < 21 * 24; hour++) {
      long calls = Math.round(400 * (1.2 + Math.sin((hour - 8) * Math.PI / 12)));
      sample.book(
          models[hour % 7 == 0 ? 2 : hour % 2],
          teams[hour % 5 % 4],
          apps[hour * hour % 5],
          sites[hour % 11 % 5],
          START.plus(hour, ChronoUnit.HOURS),
          calls);
    }
    return sample.account("Generative AI, March 2025", 17);
  }

  /** Two hours, neither of them whole. */
  static Account anHourOrSo() {
    SampleAccounts sample = new SampleAccounts();
    Instant first = START.plus(15, ChronoUnit.MINUTES);
    sample.book("gpt-4o", "Marketing", "search", "eu-west-3", first, 300);
    sample.book(
        "gpt-4o-mini", "Care", "search", "eu-west-3", START.plus(74, ChronoUnit.MINUTES), 90);
    return sample.account("An hour or so", 0);
  }

  /** Most work in Germany, and some close by. */
  static Account neighbours() {
    SampleAccounts sample = new SampleAccounts();
    sample.book("gpt-4o", "Care", "search", "DE", START, 9_000);
    for (String site : List.of("eu-central-1", "NL", "FR", "eu-west-3", "us-east-1")) {
      sample.book("gpt-4o", "Care", "search", site, START, 40);
    }
    return sample.account("Neighbours", 0);
  }

  /** Market-based carbon is known where a fifth of the electricity was used. */
  static Account partlyContracted() {
    SampleAccounts sample = new SampleAccounts();
    sample.book("gpt-4o", "Care", "search", "us-east-1", START, 100);
    Account whole = sample.account("Partly contracted", 0);
    Footprint known = GTrace.standard().estimate(TextGeneration.of("gpt-4o", 500, 300).at("DE"));
    double share = 0.2 * whole.total().footprint().median(Impact.ENERGY_KWH);
    return new Account(
        whole.title(),
        whole.total(),
        Map.of(),
        Map.of(),
        whole.first(),
        whole.last(),
        List.of(),
        0,
        Map.of(
            Impact.OPERATIONAL_MARKET_BASED_KG,
            known.times(share / known.median(Impact.ENERGY_KWH))));
  }

  /** Names that try to be markup, script, formula and table. */
  static Account hostile() {
    SampleAccounts sample = new SampleAccounts();
    sample.book("gpt-4o", HOSTILE, "=HYPERLINK(\"http://x\")", "eu-west-3", START, 10);
    sample.book(
        "gpt-4o", "@SUM(A1)\n| a | b |", "<img src=x onerror=alert(1)>", HOSTILE, START, 20);
    return sample.account(HOSTILE, 1);
  }

  /** Names without a break and figures of a whole country. */
  static Account vast() {
    SampleAccounts sample = new SampleAccounts();
    for (int i = 0; i < 4; i++) {
      sample.book(
          "gpt-4o",
          "department-of-names-that-have-no-end-and-no-space-in-them-".repeat(3) + i,
          "app",
          "us-east-1",
          START.plus(i, ChronoUnit.DAYS),
          300_000_000_000L);
    }
    return sample.account("AnUnbrokenTitle".repeat(12), 0);
  }

  /** A thousand applications and two years of hours. */
  static Account large() {
    SampleAccounts sample = new SampleAccounts();
    for (int i = 0; i < 1_000; i++) {
      sample.book(
          "gpt-4o",
          "team " + i % 30,
          "app " + i,
          "eu-west-3",
          START.plus(i * 17L, ChronoUnit.HOURS),
          1 + i);
    }
    return sample.account("Large", 0);
  }

  static Account empty() {
    Footprint nothing =
        GTrace.standard().estimate(TextGeneration.of("gpt-4o", 1, 1).at("eu-west-3")).times(0);
    return new Account(
        "Nothing",
        new Line("", 0, 0, 0, nothing),
        Map.of(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        0,
        Map.of());
  }

  private void book(String model, String team, String app, String site, Instant when, long calls) {
    String place = PLACES.containsKey(site) ? site : "eu-west-3";
    Footprint footprint =
        GTrace.standard()
            .estimate(TextGeneration.of(model, 500, 300).at(place))
            .times((double) calls);
    Line line = new Line("", calls, (double) calls, 800.0 * (double) calls, footprint);
    total = Optional.of(total.map(sum -> plus("", sum, line)).orElse(line));
    first = first.isPresent() ? first : Optional.of(when);
    last = Optional.of(when);
    add(Dimension.MODEL, model, line);
    add(Dimension.TEAM, team, line);
    add(Dimension.APP, app, line);
    add(Dimension.SITE, site, line);
    add(Dimension.HOUR, when.truncatedTo(ChronoUnit.HOURS).toString(), line);
    add(Dimension.MODALITY, "text", line);
  }

  private void add(Dimension dimension, String key, Line line) {
    lines
        .computeIfAbsent(dimension, any -> new TreeMap<>())
        .merge(
            key,
            new Line(key, line.activities(), line.requests(), line.tokens(), line.footprint()),
            (a, b) -> plus(key, a, b));
  }

  private static Line plus(String key, Line a, Line b) {
    return Lines.sum(key, List.of(a, b));
  }

  private Account account(String title, long refused) {
    Map<Dimension, List<Line>> split = new EnumMap<>(Dimension.class);
    lines.forEach((dimension, byKey) -> {
      List<Line> sorted = new ArrayList<>(byKey.values());
      if (dimension != Dimension.HOUR) {
        sorted.sort(
            Comparator.comparingDouble((Line line) -> line.footprint().carbonKg().median())
                .reversed());
      }
      split.put(dimension, sorted);
    });
    return new Account(
        title,
        total.orElseThrow(),
        split,
        PLACES,
        first,
        last,
        List.of("eu-west-9 is not known; eu-west-3 stood in for it."),
        refused,
        Map.of());
  }
}
