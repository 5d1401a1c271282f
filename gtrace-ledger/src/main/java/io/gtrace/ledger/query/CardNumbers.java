package io.gtrace.ledger.query;

/** The numbers of a row of a card that price cells. */
record CardNumbers(long rates, long site, double variation) {}
