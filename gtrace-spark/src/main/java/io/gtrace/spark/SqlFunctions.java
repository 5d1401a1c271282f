package io.gtrace.spark;

import io.gtrace.footprint.Impact;
import io.gtrace.spark.PricedImpact.Bound;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.UnixMicros;
import org.apache.spark.sql.catalyst.expressions.objects.Invoke;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.ObjectType;
import org.apache.spark.sql.types.StructType;
import scala.Function1;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The functions of SQL that price usage. Each becomes a call of a Java method in the code that
 * Spark generates for a query: the card is broadcast, and nothing is shuffled for it.
 */
final class SqlFunctions {
  private static final Map<String, Impact> IMPACTS = impacts();

  private static final List<DataType> TOKEN_TYPES =
      List.of(
          DataTypes.StringType,
          DataTypes.StringType,
          DataTypes.LongType,
          DataTypes.LongType,
          DataTypes.TimestampType,
          DataTypes.LongType,
          DataTypes.LongType,
          DataTypes.LongType);

  private static final int FEWEST_ARGUMENTS = 4;

  /** As in files of usage, whatever the zone of the session. */
  private static final String ZONE_OF_TIMES_WITHOUT = "UTC";

  private SqlFunctions() {}

  private static Map<String, Impact> impacts() {
    Map<String, Impact> impacts = new LinkedHashMap<>();
    impacts.put("gtrace_energy_kwh", Impact.ENERGY_KWH);
    impacts.put("gtrace_carbon_kg", Impact.CARBON_KG);
    impacts.put("gtrace_carbon_operational_kg", Impact.OPERATIONAL_LOCATION_BASED_KG);
    impacts.put("gtrace_carbon_market_based_kg", Impact.OPERATIONAL_MARKET_BASED_KG);
    impacts.put("gtrace_carbon_marginal_kg", Impact.MARGINAL_KG);
    impacts.put("gtrace_carbon_embodied_kg", Impact.EMBODIED_KG);
    impacts.put("gtrace_water_l", Impact.WATER_L);
    return impacts;
  }

  /** The functions, by name. */
  static Map<String, Function1<Seq<Expression>, Expression>> all(
      Supplier<Broadcast<SharedCard>> card) {
    Map<String, Function1<Seq<Expression>, Expression>> functions = new LinkedHashMap<>();
    IMPACTS.forEach((name, impact) -> {
      for (Bound bound : Bound.values()) {
        String function = name + bound.suffix();
        PricedImpact asked = new PricedImpact(impact, bound);
        functions.put(
            function,
            arguments ->
                priced(function, card.get(), asked, CollectionConverters.asJava(arguments)));
      }
      String sum = name.replace("gtrace_", "gtrace_sum_");
      functions.put(
          sum,
          arguments ->
              summed(
                  sum,
                  new SummedPricing(card.get(), impact),
                  CollectionConverters.asJava(arguments)));
    });
    functions.put(
        "gtrace_factor_set",
        arguments -> Literal.create(card.get().value().factorSet(), DataTypes.StringType));
    return functions;
  }

  private static Expression priced(
      String function, Broadcast<SharedCard> card, PricedImpact asked, List<Expression> arguments) {
    if (arguments.size() == 1 && arguments.get(0).dataType() instanceof StructType usage) {
      return call(RowPricing.class, RowPricing.of(card, asked, usage), arguments);
    }
    List<Expression> plain =
        plain(function, ", or one struct whose fields are named as columns of usage", arguments);
    return asked.bound() == Bound.MEDIAN
        ? median(new RateLookup(card), asked.impact(), plain)
        : call(TokenPricing.class, new ActivityPricing(card, asked), plain);
  }

  /**
   * Rates are looked up by calls that are the same for all impacts: Spark makes those once a row.
   */
  private static Expression median(RateLookup lookup, Impact impact, List<Expression> plain) {
    Expression finder = object(RateLookup.class, lookup);
    Expression hour = call(finder, "hour", DataTypes.IntegerType, List.of(plain.get(4)));
    Expression rates =
        call(
            finder,
            "find",
            new ObjectType(MedianRates.class),
            List.of(plain.get(0), plain.get(1), hour));
    return call(
        rates,
        "price",
        DataTypes.DoubleType,
        List.of(
            Literal.create(impact.ordinal(), DataTypes.IntegerType),
            hour,
            plain.get(2),
            plain.get(3),
            plain.get(5),
            plain.get(6),
            plain.get(7)));
  }

  private static Expression summed(
      String function, SummedPricing pricing, List<Expression> arguments) {
    List<Expression> plain = new ArrayList<>();
    for (Expression argument : plain(function, "", arguments)) {
      plain.add(
          argument.dataType().equals(DataTypes.TimestampType)
              ? new UnixMicros(argument)
              : argument);
    }
    return pricing.call(function, plain);
  }

  /**
   * All arguments of tokens, in their types.
   *
   * @param otherwise what the function takes besides
   */
  private static List<Expression> plain(
      String function, String otherwise, List<Expression> arguments) {
    if (arguments.size() < FEWEST_ARGUMENTS || arguments.size() > TOKEN_TYPES.size()) {
      throw new IllegalArgumentException(
          function
              + " takes (model, region, input_tokens, output_tokens [, moment [,"
              + " cached_input_tokens [, reasoning_tokens [, requests]]]])"
              + otherwise
              + "; here are "
              + arguments.size()
              + " arguments");
    }
    List<Expression> plain = new ArrayList<>();
    for (int i = 0; i < TOKEN_TYPES.size(); i++) {
      DataType type = TOKEN_TYPES.get(i);
      plain.add(i < arguments.size() ? argument(arguments.get(i), type) : absent(type));
    }
    return plain;
  }

  /** An argument in its type; what cannot be read as that is as good as not there. */
  private static Expression argument(Expression given, DataType type) {
    Expression typed =
        given.dataType().equals(type)
            ? given
            : new Cast(given, type, Option.apply(ZONE_OF_TIMES_WITHOUT), EvalMode.TRY());
    return type.equals(DataTypes.StringType)
        ? typed
        : new Coalesce(seq(List.of(typed, absent(type))));
  }

  private static Expression absent(DataType type) {
    return type.equals(DataTypes.StringType)
        ? Literal.create(null, type)
        : Literal.create(TokenPricing.ABSENT, type);
  }

  private static <T> Expression call(Class<T> type, T pricing, List<Expression> arguments) {
    return call(object(type, pricing), "price", DataTypes.DoubleType, arguments);
  }

  /** Generated code sees public types alone. */
  private static <T> Expression object(Class<T> type, T value) {
    return Literal.fromObject(value, new ObjectType(type));
  }

  private static Expression call(
      Expression object, String method, DataType returned, List<Expression> arguments) {
    return new Invoke(object, method, returned, seq(arguments), seq(List.of()), false, true, true);
  }

  private static <T> Seq<T> seq(List<T> list) {
    return CollectionConverters.asScala(list).toSeq();
  }
}
