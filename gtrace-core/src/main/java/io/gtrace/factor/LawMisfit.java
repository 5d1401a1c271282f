package io.gtrace.factor;

import io.gtrace.trace.Provenance;

/**
 * How far a law missed the measurements of one model on one accelerator.
 *
 * @param law such as {@code token-law}
 * @param model id in the catalogue
 * @param backbone models that share it say the same of each other: precisions, sizes of context and
 *     variants of one model
 * @param accelerator id in the catalogue
 * @param rows measurements behind it
 * @param logMedian median of log of measured over computed energy
 * @param logSd scatter of single conditions about it, on the scale of the law's residual
 */
public record LawMisfit(
    String law,
    String model,
    String backbone,
    String accelerator,
    int rows,
    double logMedian,
    double logSd,
    Provenance provenance) {}
