package io.gtrace.ledger;

import io.gtrace.ledger.TextLines.Line;
import io.gtrace.ledger.format.FormatReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The lines of a log in plain text. Those that are no records are nobody's loss. */
final class LogLines {
  /** Colours, as servers print them on terminals. */
  private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-9;]*m");

  private static final int LINES_BETWEEN_PROGRESS = 10_000;

  private final TextLines lines;
  private final RowSink sink;
  private final FormatReader format;

  LogLines(InputStream text, RowSink sink, FormatReader format) {
    lines = new TextLines(text);
    this.sink = sink;
    this.format = format;
  }

  /** The lines of the beginning of a text. */
  static List<String> sample(byte[] start) {
    return new String(start, StandardCharsets.UTF_8).lines().map(LogLines::plain).toList();
  }

  private static String plain(String line) {
    return line.indexOf('\u001b') < 0 ? line : COLOURS.matcher(line).replaceAll("");
  }

  /**
   * Reads to the end.
   *
   * @throws IOException if the text breaks off; what came before it has been handed out
   */
  void read() throws IOException {
    for (Optional<Line> next = lines.next(); next.isPresent(); next = lines.next()) {
      Line line = next.get();
      if (line instanceof Line.Text text) {
        format.line(line.number(), plain(text.text()));
      } else if (line instanceof Line.Unreadable bad) {
        // What it holds may be anybody's prompt.
        sink.refused(bad.number(), bad.reason(), "");
      }
      if (line.number() % LINES_BETWEEN_PROGRESS == 0) {
        sink.progress(lines.bytesRead());
      }
    }
  }
}
