@NullMarked
package io.gtrace.server.organisation;

import org.jspecify.annotations.NullMarked;
