package io.gtrace.spark;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** The card of the session that asks, sent to its executors once. */
final class CardBroadcast implements Supplier<Broadcast<SharedCard>> {
  /** Names a file of own factors in the configuration of a session. */
  static final String FACTORS = "spark.gtrace.factors";

  private String application = "";
  private String factors = "";
  private @Nullable Broadcast<SharedCard> card;

  @Override
  public synchronized Broadcast<SharedCard> get() {
    SparkSession session = SparkSession.active();
    String wanted = session.conf().get(FACTORS, "");
    Broadcast<SharedCard> known = card;
    if (known == null
        || !application.equals(session.sparkContext().applicationId())
        || !factors.equals(wanted)) {
      Optional<Path> file = wanted.isEmpty() ? Optional.empty() : Optional.of(Path.of(wanted));
      known = of(session, SharedCard.of(file));
      card = known;
      application = session.sparkContext().applicationId();
      factors = wanted;
    }
    return known;
  }

  static Broadcast<SharedCard> of(SparkSession session, SharedCard card) {
    return JavaSparkContext.fromSparkContext(session.sparkContext()).broadcast(card);
  }
}
