/**
 * Studies: a YAML file says who, how a wave spreads, what people do and where it is made; here it
 * becomes a wave, is run, and what comes out is priced by the rate card.
 */
@NullMarked
package io.gtrace.simulation.study;

import org.jspecify.annotations.NullMarked;
