@NullMarked
package io.gtrace.springai;

import org.jspecify.annotations.NullMarked;
