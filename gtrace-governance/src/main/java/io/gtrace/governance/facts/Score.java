package io.gtrace.governance.facts;

import io.gtrace.activity.Driver;
import io.gtrace.activity.Modality;
import io.gtrace.activity.Volumes;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.governance.evidence.EvidenceRow;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.ledger.query.Work;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Everything of a modality, with how many functional units of SCI for AI it made.
 *
 * @param unit of which one is counted, as {@code token}, {@code image}, {@code second of video},
 *     {@code second of audio} or {@code FLOP}; {@code video} where not every video tells its length
 */
public record Score(Footprint footprint, double units, String unit) {
  /** The unit of videos that do not all tell their length. */
  public static final String VIDEO = "video";

  /** The unit of videos. */
  public static final String SECOND_OF_VIDEO = "second of video";

  private static final double FLOP_OF_AN_EXAFLOP = 1e18;
  private static final List<Driver> TOKENS =
      List.of(Driver.INPUT_TOKENS, Driver.CACHED_INPUT_TOKENS, Driver.OUTPUT_TOKENS);
  private static final List<Driver> SOUND =
      List.of(Driver.AUDIO_INPUT_SECONDS, Driver.SPEECH_SECONDS, Driver.MUSIC_SECONDS);

  private record Units(double amount, String name) {}

  /** Its carbon for one unit. */
  public DrawnAmount kgPerUnit() {
    return DrawnAmount.of(footprint, Impact.CARBON_KG).times(1 / units);
  }

  /**
   * The scores of a period by the labels of their modalities. Training has one where all of it
   * tells its compute.
   */
  public static Map<String, Score> byModality(Facts facts, ReportingPeriod period) {
    Map<Modality, Volumes> made = new EnumMap<>(Modality.class);
    for (Work work : facts.ledger().work(period)) {
      made.merge(work.modality(), work.volumes(), Volumes::plus);
    }
    Map<String, Score> scores = new LinkedHashMap<>();
    for (QueryLine line : facts.ledger().by(period, GroupBy.MODALITY)) {
      String label = line.keys().get(0);
      Units units =
          Modality.parse(label)
              .filter(made::containsKey)
              .map(modality -> units(facts, period, modality, volumes(made, modality)))
              .orElse(new Units(0, ""));
      if (units.amount() > 0 && line.footprint().median(Impact.CARBON_KG) > 0) {
        scores.put(label, new Score(line.footprint(), units.amount(), units.name()));
      }
    }
    return scores;
  }

  private static Volumes volumes(Map<Modality, Volumes> made, Modality modality) {
    return made.getOrDefault(modality, Volumes.NONE);
  }

  private static Units units(
      Facts facts, ReportingPeriod period, Modality modality, Volumes volumes) {
    return switch (modality) {
      case TEXT, EMBEDDING -> new Units(sum(volumes, TOKENS), "token");
      case IMAGE -> new Units(volumes.get(Driver.IMAGES), "image");
      case VIDEO -> {
        double videos = volumes.get(Driver.VIDEOS);
        OptionalDouble seconds = facts.ledger().videoSeconds(period, videos);
        yield seconds.isPresent()
            ? new Units(seconds.getAsDouble(), SECOND_OF_VIDEO)
            : new Units(videos, VIDEO);
      }
      case TRAINING -> new Units(trainingFlop(facts, period, volumes), "FLOP");
      default -> new Units(sum(volumes, SOUND), "second of audio");
    };
  }

  /** That the ledger tells, or training.csv of all its runs; 0 where neither does. */
  private static double trainingFlop(Facts facts, ReportingPeriod period, Volumes volumes) {
    if (volumes.get(Driver.ACCELERATOR_HOURS) == 0) {
      return volumes.get(Driver.TRAINING_EXAFLOPS) * FLOP_OF_AN_EXAFLOP;
    }
    if (!facts.isUsable("training")) {
      return 0;
    }
    List<EvidenceRow> runs =
        facts.rows("training").stream()
            .filter(run -> run.flag("in_ledger"))
            .filter(run -> period.shareOf(run.moment("from"), run.moment("to")) > 0)
            .toList();
    return runs.stream().allMatch(run -> run.optionalNumber("flop").isPresent())
        ? runs.stream()
            .mapToDouble(
                run -> run.number("flop") * period.shareOf(run.moment("from"), run.moment("to")))
            .sum()
        : 0;
  }

  /** The volumes that add up to the units of what is counted in the ledger's sums. */
  public static List<Driver> drivers(Modality modality) {
    return switch (modality) {
      case TEXT, EMBEDDING -> TOKENS;
      case IMAGE -> List.of(Driver.IMAGES);
      case VIDEO -> List.of(Driver.VIDEOS);
      case TRAINING -> List.of(Driver.TRAINING_EXAFLOPS);
      default -> SOUND;
    };
  }

  private static double sum(Volumes volumes, List<Driver> drivers) {
    return drivers.stream().mapToDouble(volumes::get).sum();
  }
}
