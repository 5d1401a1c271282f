@NullMarked
package io.gtrace.opentelemetry;

import org.jspecify.annotations.NullMarked;
