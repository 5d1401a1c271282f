package io.gtrace.app;

import io.gtrace.ledger.UsageDefaults;
import picocli.CommandLine.Option;

/** What holds for the rows of a usage file that do not say otherwise. */
final class UsageDefaultOptions {
  @Option(
      names = "--model",
      paramLabel = "MODEL",
      defaultValue = "",
      description = "The model of rows of files that name none.")
  private String model = "";

  @Option(
      names = {"--region", "--site"},
      paramLabel = "PLACE",
      defaultValue = "",
      description = "Where rows of files ran that do not say.")
  private String place = "";

  @Option(
      names = "--team",
      paramLabel = "NAME",
      defaultValue = "",
      description = "The team of rows of files that name none.")
  private String team = "";

  @Option(
      names = "--app",
      paramLabel = "NAME",
      defaultValue = "",
      description = "The application of rows of files that name none.")
  private String app = "";

  UsageDefaults usage() {
    return new UsageDefaults(model, place, team, app);
  }
}
