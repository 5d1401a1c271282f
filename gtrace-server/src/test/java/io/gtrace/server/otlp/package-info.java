@NullMarked
package io.gtrace.server.otlp;

import org.jspecify.annotations.NullMarked;
