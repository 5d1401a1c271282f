/**
 * The command line. Results go to standard output, messages and progress to standard error; exit
 * codes are those of {@link io.gtrace.app.ExitCode}. Start at {@link io.gtrace.app.Main}.
 */
@NullMarked
package io.gtrace.app;

import org.jspecify.annotations.NullMarked;
