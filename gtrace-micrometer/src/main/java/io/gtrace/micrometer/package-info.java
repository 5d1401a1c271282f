/** Calls of models among the meters of an application. */
@NullMarked
package io.gtrace.micrometer;

import org.jspecify.annotations.NullMarked;
