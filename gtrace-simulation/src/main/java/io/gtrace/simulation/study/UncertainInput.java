package io.gtrace.simulation.study;

/**
 * An uncertain number as a study states it.
 *
 * @param pointer where the study says it
 * @param name for people, as in {@code branching (adoption)}
 * @param low of its 90 % interval
 * @param high of its 90 % interval
 * @param source who says so; empty if nobody
 */
public record UncertainInput(
    String pointer, String name, double low, double median, double high, String source) {}
