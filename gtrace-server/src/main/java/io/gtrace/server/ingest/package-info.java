/** Where usage comes in. */
@NullMarked
package io.gtrace.server.ingest;

import org.jspecify.annotations.NullMarked;
