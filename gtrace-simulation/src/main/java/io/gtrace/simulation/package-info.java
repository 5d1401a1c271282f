/**
 * Microscopic simulation of waves of use. {@code people} says who could take part, {@code contact}
 * whom they reach, {@code adoption} how a habit passes on, {@code use} what people make, {@code
 * serving} what makes it for them; {@code wave} runs it, {@code study} reads it from a file and
 * prices what comes out.
 */
@NullMarked
package io.gtrace.simulation;

import org.jspecify.annotations.NullMarked;
