package io.gtrace.trace;

/**
 * Where a value comes from.
 *
 * @param tier how well it is known
 * @param source who published it, in words
 * @param year the year it is about
 * @param licence terms under which it may be shared
 */
public record Provenance(Tier tier, String source, int year, String licence) {}
