/** What the calls that an application makes with Spring AI cost, without a line of code. */
@NullMarked
package io.gtrace.springai;

import org.jspecify.annotations.NullMarked;
