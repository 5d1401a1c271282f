package io.gtrace.ledger.query;

import io.gtrace.ratecard.DrawnRates;
import io.gtrace.ratecard.DrawnRow;
import io.gtrace.ratecard.DrawnSite;
import io.gtrace.ratecard.HourRatios;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The drawn numbers of a ledger's cards that were read. A ledger never changes them, so those who
 * ask one state of it may hand them to those who ask the next. Safe for use by many threads.
 */
final class DrawnCard {
  /** Digests of the factors behind rates. */
  final Map<Long, String> factorSets = new ConcurrentHashMap<>();

  final Map<Long, DrawnRates> rates = new ConcurrentHashMap<>();
  final Map<Long, DrawnSite> sites = new ConcurrentHashMap<>();

  /** The hours of each site over its year; none of a site of which only the year is known. */
  final Map<Long, List<HourRatios>> hours = new ConcurrentHashMap<>();

  final Map<CardNumbers, DrawnRow> rows = new ConcurrentHashMap<>();
}
