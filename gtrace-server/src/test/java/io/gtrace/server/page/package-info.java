@NullMarked
package io.gtrace.server.page;

import org.jspecify.annotations.NullMarked;
