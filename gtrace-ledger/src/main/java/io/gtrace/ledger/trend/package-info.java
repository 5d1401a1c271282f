/**
 * Volumes out of trends: reads exports of search interest, page views and counts, puts them on one
 * grid of UTC hours or days, and estimates absolute volumes from them and from a few known amounts
 * (anchors), with intervals. Start at {@link io.gtrace.ledger.trend.TrendReader} and {@link
 * io.gtrace.ledger.trend.TrendEstimate}.
 */
@NullMarked
package io.gtrace.ledger.trend;

import org.jspecify.annotations.NullMarked;
