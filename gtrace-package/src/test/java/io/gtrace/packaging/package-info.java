/** What is packed is unpacked, and runs without Java. */
@NullMarked
package io.gtrace.packaging;

import org.jspecify.annotations.NullMarked;
