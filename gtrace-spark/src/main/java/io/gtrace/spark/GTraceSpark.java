package io.gtrace.spark;

import org.apache.spark.sql.SparkSession;

/** What a program asks of G-TRACE on Spark. */
public final class GTraceSpark {
  private GTraceSpark() {}

  /**
   * Gives a session the functions of G-TRACE, for its SQL and for {@code expr}: as {@link
   * GTraceExtensions} does for every session. The configuration {@code spark.gtrace.factors} may
   * name a file of own factors, which lies under the same path on every machine.
   */
  public static void register(SparkSession session) {
    CardBroadcast card = new CardBroadcast();
    SqlFunctions.all(card)
        .forEach((name, function) ->
            session
                .sessionState()
                .functionRegistry()
                .createOrReplaceTempFunction(name, function, "scala_udf"));
  }
}
