package io.gtrace.app;

import picocli.CommandLine.Option;

/** How a command prints that knows text and JSON. */
final class TextOrJson {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json (default: text).")
  private OutputFormat format = OutputFormat.text;

  boolean isJson() {
    return format == OutputFormat.json;
  }
}
