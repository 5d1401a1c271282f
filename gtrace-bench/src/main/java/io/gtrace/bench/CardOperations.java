package io.gtrace.bench;

import io.gtrace.GTrace;
import io.gtrace.activity.Modality;
import io.gtrace.activity.TextGeneration;
import io.gtrace.activity.Volumes;
import io.gtrace.footprint.Footprint;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.RateCard;
import io.gtrace.site.Site;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Looking up a row of the card and multiplying it with volumes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CardOperations {
  private final RateCard card = GTrace.standard().card();
  private final String model = "gpt-4o";
  private final Site site = Site.parse("eu-west-3");
  private final Optional<Instant> noTime = Optional.empty();
  private final Optional<Instant> moment = Optional.of(Instant.parse("2025-06-12T14:30:00Z"));
  private final CardRow row = card.row(model, Modality.TEXT, site, noTime);
  private final Volumes volumes = TextGeneration.of(model, 500, 300).volumes(row.defaults());

  @Benchmark
  public CardRow lookup() {
    return card.row(model, Modality.TEXT, site, noTime);
  }

  @Benchmark
  public Footprint multiply() {
    return row.price(volumes);
  }

  @Benchmark
  public Footprint lookupAndMultiply() {
    return card.row(model, Modality.TEXT, site, noTime).price(volumes);
  }

  /** The hour of the day decides the row. */
  @Benchmark
  public Footprint lookupOfMomentAndMultiply() {
    return card.row(model, Modality.TEXT, site, moment).price(volumes);
  }
}
