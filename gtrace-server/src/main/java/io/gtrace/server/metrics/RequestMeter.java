package io.gtrace.server.metrics;

import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** Counts requests by status, and how long they take. Safe for use by many threads. */
public final class RequestMeter implements Filter {
  private static final int STATUSES = 600;
  private static final double NS_PER_S = 1e9;

  /** Upper bounds, s. */
  private static final double[] BUCKETS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, Double.POSITIVE_INFINITY
  };

  private final AtomicLongArray byStatus = new AtomicLongArray(STATUSES);
  private final LongAdder[] byDuration =
      Stream.generate(LongAdder::new).limit(BUCKETS.length).toArray(LongAdder[]::new);
  private final LongAdder sumNs = new LongAdder();

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    long begin = System.nanoTime();
    response.whenSent(() -> count(response.status().code(), System.nanoTime() - begin));
    chain.proceed();
  }

  private void count(int status, long ns) {
    byStatus.incrementAndGet(status > 0 && status < STATUSES ? status : 0);
    int bucket = 0;
    while (ns / NS_PER_S > BUCKETS[bucket]) {
      bucket++;
    }
    byDuration[bucket].increment();
    sumNs.add(ns);
  }

  List<MetricSnapshot> snapshots() {
    CounterSnapshot.Builder requests =
        CounterSnapshot.builder()
            .name("gtrace_http_requests")
            .help("Requests that were answered, by status.");
    for (int status = 0; status < STATUSES; status++) {
      long count = byStatus.get(status);
      if (count > 0) {
        requests.dataPoint(
            CounterDataPointSnapshot.builder()
                .labels(Labels.of("status", Integer.toString(status)))
                .value((double) count)
                .build());
      }
    }
    ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
    for (int bucket = 0; bucket < BUCKETS.length; bucket++) {
      buckets.bucket(BUCKETS[bucket], byDuration[bucket].sum());
    }
    return List.of(
        requests.build(),
        HistogramSnapshot.builder()
            .name("gtrace_http_request_duration_seconds")
            .help("From a request to the end of its answer.")
            .dataPoint(
                HistogramDataPointSnapshot.builder()
                    .classicHistogramBuckets(buckets.build())
                    .sum(sumNs.sum() / NS_PER_S)
                    .build())
            .build());
  }
}
