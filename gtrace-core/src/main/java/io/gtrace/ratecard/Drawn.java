package io.gtrace.ratecard;

/**
 * A number that is not known exactly.
 *
 * @param median its value with every factor at its median
 * @param draws its value in each joint draw of the factors; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // compared by no one, and too large to copy
public record Drawn(double median, double[] draws) {}
