package io.gtrace.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the JMH methods of one class, each in fresh JVMs, and gives the samples of each. */
final class JmhRun {
  private static final String BYTES_PER_OPERATION = "gc.alloc.rate.norm";

  private final Collection<RunResult> results;

  private JmhRun(Collection<RunResult> results) {
    this.results = results;
  }

  static JmhRun of(Class<?> operations, UnaryOperator<ChainedOptionsBuilder> settings) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + operations.getName().replace(".", "\\.") + "\\.")
            .verbosity(VerboseMode.SILENT)
            .jvmArgsAppend("--sun-misc-unsafe-memory-access=allow")
            .shouldFailOnError(true);
    try {
      return new JmhRun(new Runner(settings.apply(options).build()).run());
    } catch (RunnerException broken) {
      throw new IllegalStateException(operations.getSimpleName() + " failed", broken);
    }
  }

  /** The time of an operation, one sample for each iteration in each JVM. */
  List<Double> times(String method) {
    return samples(method, IterationResult::getPrimaryResult);
  }

  /** Bytes allocated by one operation; needs the gc profiler. */
  List<Double> allocatedBytes(String method) {
    return samples(method, JmhRun::allocated);
  }

  private static Result<?> allocated(IterationResult iteration) {
    Result<?> allocated = iteration.getSecondaryResults().get(BYTES_PER_OPERATION);
    if (allocated == null) {
      throw new IllegalStateException("the gc profiler did not run");
    }
    return allocated;
  }

  private interface Part {
    Result<?> of(IterationResult iteration);
  }

  private List<Double> samples(String method, Part part) {
    List<Double> samples = new ArrayList<>();
    for (RunResult result : results) {
      if (result.getParams().getBenchmark().endsWith("." + method)) {
        for (BenchmarkResult fork : result.getBenchmarkResults()) {
          fork.getIterationResults()
              .forEach(iteration -> samples.add(part.of(iteration).getScore()));
        }
      }
    }
    return samples;
  }
}
