package io.gtrace.bench;

import java.io.IOException;
import java.util.List;

/** Something that can be measured by itself. */
interface Benchmark {
  /** What to type to run it alone. */
  String name();

  /** Whether it takes too long to be one of all. */
  default boolean isOnlyRunIfNamed() {
    return false;
  }

  List<Timing> run() throws IOException, InterruptedException;
}
