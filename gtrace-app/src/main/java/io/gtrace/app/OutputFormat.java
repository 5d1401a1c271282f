package io.gtrace.app;

/** How results are printed. */
enum OutputFormat {
  text,
  json,
  csv
}
