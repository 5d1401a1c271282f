/**
 * Software Carbon Intensity (ISO/IEC 21031:2024) of generative AI: carbon for each functional unit,
 * with the units and boundaries of SCI for AI (Green Software Foundation, 2025). Start at {@link
 * io.gtrace.sci.SciScore}.
 */
@NullMarked
package io.gtrace.sci;

import org.jspecify.annotations.NullMarked;
