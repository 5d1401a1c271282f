@NullMarked
package io.gtrace.server.http;

import org.jspecify.annotations.NullMarked;
