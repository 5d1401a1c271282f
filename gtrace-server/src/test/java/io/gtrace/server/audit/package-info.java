@NullMarked
package io.gtrace.server.audit;

import org.jspecify.annotations.NullMarked;
