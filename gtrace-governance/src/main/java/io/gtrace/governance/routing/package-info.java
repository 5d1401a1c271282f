/**
 * Where and when work should run: a router for single requests, and the placement of many workloads
 * over regions and hours within capacity, latency and residency. Start at {@link
 * io.gtrace.governance.routing.Router} and {@link io.gtrace.governance.routing.PlacementProblem}.
 */
@NullMarked
package io.gtrace.governance.routing;

import org.jspecify.annotations.NullMarked;
