/** Studies that are run in the server: started, watched, ended, and what came of them. */
@NullMarked
package io.gtrace.server.study;

import org.jspecify.annotations.NullMarked;
