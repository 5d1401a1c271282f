/**
 * Sets whole estimates beside what providers and authors published of single outputs and of
 * training runs. No constant of the product is fitted to any of it. Start at {@link
 * io.gtrace.bench.disclosure.Disclosures}.
 */
@NullMarked
package io.gtrace.bench.disclosure;

import org.jspecify.annotations.NullMarked;
