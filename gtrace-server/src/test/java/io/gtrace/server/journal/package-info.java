@NullMarked
package io.gtrace.server.journal;

import org.jspecify.annotations.NullMarked;
