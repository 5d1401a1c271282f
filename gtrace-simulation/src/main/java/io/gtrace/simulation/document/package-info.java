/**
 * Files that people write in YAML or JSON: trees of fields that know their lines, held to a JSON
 * Schema. Start at {@link io.gtrace.simulation.document.Document}.
 */
@NullMarked
package io.gtrace.simulation.document;

import org.jspecify.annotations.NullMarked;
