@NullMarked
package io.gtrace.server;

import org.jspecify.annotations.NullMarked;
