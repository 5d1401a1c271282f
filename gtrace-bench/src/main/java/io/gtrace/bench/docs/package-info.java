/**
 * Writes the tables and figures of {@code docs/method.md} from the factors and laws of the product,
 * so that the document says what the code does. Start at {@link io.gtrace.bench.docs.WriteMethod}.
 */
@NullMarked
package io.gtrace.bench.docs;

import org.jspecify.annotations.NullMarked;
