/** The examples, run as their readers run them. */
@NullMarked
package io.gtrace.example;

import org.jspecify.annotations.NullMarked;
