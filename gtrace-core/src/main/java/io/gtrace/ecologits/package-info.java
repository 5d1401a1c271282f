/**
 * The method of EcoLogits 0.11 (GenAI Impact, CodeCarbon; MPL-2.0), written anew from its published
 * methodology, so that its users can compare and move over. It prices the output tokens of text
 * models, without uncertainty beyond ranges of parameters and data centres. Start at {@link
 * io.gtrace.ecologits.EcoLogits}.
 */
@NullMarked
package io.gtrace.ecologits;

import org.jspecify.annotations.NullMarked;
