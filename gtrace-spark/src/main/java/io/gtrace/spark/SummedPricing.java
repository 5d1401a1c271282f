package io.gtrace.spark;

import io.gtrace.activity.Activity;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.ratecard.RateCard;
import java.util.List;
import java.util.Optional;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.encoders.ExpressionEncoder;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.execution.aggregate.ScalaAggregator;
import org.apache.spark.sql.expressions.Aggregator;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Sums what tokens cost, with the interval of the sum. Rows that are no usage are left out, as
 * {@code sum} leaves out NULL.
 */
final class SummedPricing extends Aggregator<Row, SummedUsage, Row> {
  private static final long serialVersionUID = 1L;

  /** What comes of it; NULL in all fields where nothing is known. */
  private static final StructType FIGURE =
      new StructType()
          .add("low", DataTypes.DoubleType)
          .add("median", DataTypes.DoubleType)
          .add("high", DataTypes.DoubleType);

  /** Columns of what it takes, in the order of {@link TokenPricing#price}. */
  static final List<DataType> TYPES =
      List.of(
          DataTypes.StringType,
          DataTypes.StringType,
          DataTypes.LongType,
          DataTypes.LongType,
          DataTypes.LongType,
          DataTypes.LongType,
          DataTypes.LongType,
          DataTypes.LongType);

  private static final @Nullable Object[] UNKNOWN = {null, null, null};

  private final Broadcast<SharedCard> shared;
  private final Impact impact;

  SummedPricing(Broadcast<SharedCard> shared, Impact impact) {
    this.shared = shared;
    this.impact = impact;
  }

  /** A call of it in a query. */
  Expression call(String function, List<Expression> arguments) {
    StructType usage = new StructType();
    for (int i = 0; i < TYPES.size(); i++) {
      usage = usage.add("_" + i, TYPES.get(i));
    }
    return new ScalaAggregator<>(
        CollectionConverters.asScala(arguments).toSeq(),
        this,
        encoder(Encoders.row(usage)),
        encoder(bufferEncoder()),
        true,
        true,
        0,
        0,
        Option.apply(function));
  }

  private static <T> ExpressionEncoder<T> encoder(Encoder<T> encoder) {
    return org.apache.spark.sql.catalyst.encoders.package$.MODULE$.encoderFor(encoder);
  }

  @Override
  public SummedUsage zero() {
    return new SummedUsage();
  }

  @Override
  public SummedUsage reduce(SummedUsage sum, Row usage) {
    RateCard card = shared.value().card();
    Optional<Activity> activity =
        ActivityPricing.activity(
            card,
            usage.getString(0),
            usage.getString(1),
            usage.getLong(2),
            usage.getLong(3),
            usage.getLong(4),
            usage.getLong(5),
            usage.getLong(6),
            usage.getLong(7));
    if (activity.isPresent()) {
      try {
        sum.add(card, activity.get());
      } catch (IllegalArgumentException notPriced) {
        return sum;
      }
    }
    return sum;
  }

  @Override
  public SummedUsage merge(SummedUsage one, SummedUsage other) {
    one.add(other);
    return one;
  }

  @Override
  public Row finish(SummedUsage sum) {
    Optional<Quantity> figure =
        sum.isEmpty() ? Optional.empty() : sum.footprint(shared.value().card()).quantity(impact);
    return figure
        .map(known -> RowFactory.create(known.low(), known.median(), known.high()))
        .orElseGet(() -> RowFactory.create(UNKNOWN));
  }

  @Override
  public Encoder<SummedUsage> bufferEncoder() {
    return Encoders.javaSerialization(SummedUsage.class);
  }

  @Override
  public Encoder<Row> outputEncoder() {
    return Encoders.row(FIGURE);
  }
}
