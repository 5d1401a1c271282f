/**
 * The engine: people in shards, hour after hour. A shard owns its people and is worked on by one
 * thread at a time; shards speak to each other only between the phases of an hour, in an order that
 * does not depend on threads.
 */
@NullMarked
package io.gtrace.simulation.wave;

import org.jspecify.annotations.NullMarked;
