/**
 * A made-up organisation to try governance on: a year of simulated teams with evidence that fits
 * its ledger. Everything in it is assumed, and says so.
 */
@NullMarked
package io.gtrace.governance.demo;

import org.jspecify.annotations.NullMarked;
