/**
 * Calls of models in a running application, priced as they happen: what each cost, what they cost
 * together, and whether that is more than it should be. Nothing here blocks a call or breaks it.
 */
@NullMarked
package io.gtrace.call;

import org.jspecify.annotations.NullMarked;
