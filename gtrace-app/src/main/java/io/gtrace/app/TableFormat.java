package io.gtrace.app;

import picocli.CommandLine.Option;

/** How a command prints that knows text, JSON and CSV. */
final class TableFormat {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text, json or csv (default: text).")
  private OutputFormat format = OutputFormat.text;

  OutputFormat chosen() {
    return format;
  }
}
