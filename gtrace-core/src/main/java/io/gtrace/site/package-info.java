/**
 * Where a model ran, as a caller can say it: a cloud region or grid zone by name, an own data
 * centre, or an edge device at its user's place. The factor catalogue gives names their meaning.
 */
@NullMarked
package io.gtrace.site;

import org.jspecify.annotations.NullMarked;
