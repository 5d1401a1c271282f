/**
 * A program of its own that tells what pricing costs on Apache Spark, beside the same queries
 * without it. {@code ./bench spark} starts it.
 */
@NullMarked
package io.gtrace.bench.spark;

import org.jspecify.annotations.NullMarked;
