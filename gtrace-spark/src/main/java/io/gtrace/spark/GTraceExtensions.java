package io.gtrace.spark;

import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import scala.Tuple3;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * Gives every session the functions of G-TRACE, when named in {@code
 * spark.sql.extensions=io.gtrace.spark.GTraceExtensions}.
 */
public final class GTraceExtensions extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {
  /** Spark makes it by this. */
  public GTraceExtensions() {}

  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    SqlFunctions.all(new CardBroadcast())
        .forEach((name, function) ->
            extensions.injectFunction(
                new Tuple3<>(
                    new FunctionIdentifier(name),
                    new ExpressionInfo(GTraceExtensions.class.getName(), name),
                    function)));
    return BoxedUnit.UNIT;
  }
}
