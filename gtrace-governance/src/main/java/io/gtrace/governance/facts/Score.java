package io.gtrace.governance.facts;

import io.gtrace.activity.Driver;
import io.gtrace.activity.Modality;
import io.gtrace.activity.Volumes;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.ledger.query.Work;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything of a modality, with how many functional units it made: tokens, images, videos, seconds
 * of sound, accelerator-hours of training.
 */
public record Score(Footprint footprint, double units) {
  private static final List<Driver> TOKENS =
      List.of(Driver.INPUT_TOKENS, Driver.CACHED_INPUT_TOKENS, Driver.OUTPUT_TOKENS);
  private static final List<Driver> SOUND =
      List.of(Driver.AUDIO_INPUT_SECONDS, Driver.SPEECH_SECONDS, Driver.MUSIC_SECONDS);

  /** Its carbon for one unit. */
  public DrawnAmount kgPerUnit() {
    return DrawnAmount.of(footprint, Impact.CARBON_KG).times(1 / units);
  }

  /** The scores of a period by the labels of their modalities. */
  public static Map<String, Score> byModality(LedgerFacts ledger, ReportingPeriod period) {
    Map<Modality, Double> units = new EnumMap<>(Modality.class);
    for (Work work : ledger.work(period)) {
      units.merge(work.modality(), sum(work.volumes(), drivers(work.modality())), Double::sum);
    }
    Map<String, Score> scores = new LinkedHashMap<>();
    for (QueryLine line : ledger.by(period, GroupBy.MODALITY)) {
      String label = line.keys().get(0);
      double made = Modality.parse(label).map(units::get).orElse(0.0);
      if (made > 0 && line.footprint().median(Impact.CARBON_KG) > 0) {
        scores.put(label, new Score(line.footprint(), made));
      }
    }
    return scores;
  }

  /** The volumes that add up to its units. */
  public static List<Driver> drivers(Modality modality) {
    return switch (modality) {
      case TEXT, EMBEDDING -> TOKENS;
      case IMAGE -> List.of(Driver.IMAGES);
      case VIDEO -> List.of(Driver.VIDEOS);
      case TRAINING -> List.of(Driver.ACCELERATOR_HOURS);
      default -> SOUND;
    };
  }

  private static double sum(Volumes volumes, List<Driver> drivers) {
    return drivers.stream().mapToDouble(volumes::get).sum();
  }
}
