/**
 * The rate card: what one unit of each driver costs, for one model at one site. Everything that
 * prices usage (the Java API, the embedded database, an exported spreadsheet) multiplies by the
 * same card. Start at {@link io.gtrace.ratecard.RateCard}.
 */
@NullMarked
package io.gtrace.ratecard;

import org.jspecify.annotations.NullMarked;
