@NullMarked
package io.gtrace.micrometer;

import org.jspecify.annotations.NullMarked;
