/**
 * G-TRACE on Apache Spark: SQL functions that price usage, a sealed ledger that executors write
 * together, from files and from streams, and studies whose runs are tasks.
 */
@NullMarked
package io.gtrace.spark;

import org.jspecify.annotations.NullMarked;
