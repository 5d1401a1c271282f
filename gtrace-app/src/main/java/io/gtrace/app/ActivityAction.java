package io.gtrace.app;

import io.gtrace.activity.Activity;
import java.util.List;

/**
 * What a command does with the activity that its subcommand describes; {@link
 * ActivityCommands#BY_NAME} are the subcommands of each such command.
 */
interface ActivityAction {
  /**
   * @param activities the same work for each model and place that was listed
   * @return an {@link ExitCode}
   */
  int act(Estimating estimating, List<Activity> activities, OutputFormat format);

  /**
   * The only activity.
   *
   * @throws IllegalArgumentException if there are several
   */
  static Activity one(List<Activity> activities) {
    if (activities.size() != 1) {
      throw new IllegalArgumentException(
          "several models or places are set beside each other by gtrace compare");
    }
    return activities.get(0);
  }
}
