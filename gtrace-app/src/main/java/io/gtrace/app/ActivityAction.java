package io.gtrace.app;

import io.gtrace.GTrace;
import io.gtrace.activity.Activity;

/** What a command does with the one activity that its subcommand describes. */
interface ActivityAction {
  /**
   * @return an {@link ExitCode}
   */
  int act(GTrace gtrace, Activity activity, OutputFormat format);
}
