package io.gtrace.bench;

import io.gtrace.GTrace;
import io.gtrace.activity.TextGeneration;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Quantity;
import io.gtrace.trace.Trace;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One estimate as an application asks for it, from the words of its caller on. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EstimateOperations {
  private final GTrace gtrace = GTrace.standard();
  private final String model = "gpt-4o";
  private final String region = "eu-west-3";
  private long inputTokens = 500;
  private long outputTokens = 300;

  private TextGeneration activity() {
    return TextGeneration.of(model, inputTokens, outputTokens).at(region);
  }

  /** All figures at their medians. */
  @Benchmark
  public Footprint estimate() {
    return gtrace.estimate(activity());
  }

  /** The same and the 90 % interval of its carbon over 512 draws. */
  @Benchmark
  public Quantity estimateWithInterval() {
    return gtrace.estimate(activity()).carbonKg();
  }

  /** The derivation of every figure down to its sources, intervals included. */
  @Benchmark
  public Trace explain() {
    return gtrace.explain(activity());
  }
}
