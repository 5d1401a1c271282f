package io.gtrace.ledger.trend;

import java.util.List;
import java.util.Locale;

/**
 * What was read from a file.
 *
 * @param name what messages call the file
 * @param format what it was found to be
 * @param signals its series
 * @param regional its interest by region
 * @param refused rows and cells that could not be used: file, line, field and reason
 * @param notes what a reader of the figures must know
 */
public record TrendFile(
    String name,
    Format format,
    List<Signal> signals,
    List<RegionalInterest> regional,
    List<String> refused,
    List<String> notes) {
  public TrendFile {
    signals = List.copyOf(signals);
    regional = List.copyOf(regional);
    refused = List.copyOf(refused);
    notes = List.copyOf(notes);
  }

  /** What a file is, told from its content. */
  public enum Format {
    GOOGLE_TRENDS_TIMELINE,
    GOOGLE_TRENDS_MAP,
    WIKIPEDIA_PAGEVIEWS,
    COUNTS;

    /** The name in output: lower case, words joined by hyphens. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
