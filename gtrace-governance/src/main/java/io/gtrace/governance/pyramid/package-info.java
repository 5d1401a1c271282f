/**
 * The AI Sustainability Pyramid: which of seven levels an organisation has reached. {@code
 * pyramid.yaml} says what levels, indicators and thresholds there are; one function for each
 * indicator, in {@link io.gtrace.governance.pyramid.Indicators}, computes its value from {@link
 * io.gtrace.governance.pyramid.Facts}; {@link io.gtrace.governance.pyramid.Assessor} holds the
 * values against the thresholds.
 */
@NullMarked
package io.gtrace.governance.pyramid;

import org.jspecify.annotations.NullMarked;
