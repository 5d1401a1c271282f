package io.gtrace.ledger;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/**
 * Keeps what could not be accounted: one JSON object a line with the file, the line, the field, the
 * reason and what was there, but for who asked. Only its owner may read it. The file appears under
 * its name when it is complete, and only if there is something in it; if there is not, what an
 * earlier run left under the name is removed.
 */
final class Quarantine implements Closeable {
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final int EXAMPLES = 5;
  private static final int RAW_CHARS = 64 << 10;

  /** Who has more to look through looks at none of it; the others are only counted. */
  private static final long MOST_KEPT = 1_000_000;

  private final Path path;
  private final QuarantinePlace place;
  private final long mostKept;
  private final boolean keepsLines;
  private final JsonFactory json =
      JsonFactory.builder()
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET, StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
          .build();
  private final List<Refusal> examples = new ArrayList<>();
  private @Nullable Path unfinished;
  private @Nullable BufferedWriter writer;
  private long count;
  private String remark = "";

  Quarantine(Path path) {
    this(path, MOST_KEPT, true);
  }

  /** One that keeps fewer. */
  Quarantine(Path path, long mostKept) {
    this(path, mostKept, true);
  }

  private Quarantine(Path path, long mostKept, boolean keepsLines) {
    this.path = path;
    this.mostKept = mostKept;
    this.keepsLines = keepsLines;
    try {
      place = new QuarantinePlace(path);
    } catch (IOException e) {
      throw cannotBeWritten(e);
    }
  }

  /** One that keeps no line as it was: it may be that of a prompt. */
  static Quarantine withoutLines(Path path) {
    return new Quarantine(path, MOST_KEPT, false);
  }

  /** A row of text that no reason was found to account. */
  void add(String source, UsageRow row, RefusedRowException refused) {
    add(new Refusal(source, row.line(), refused.field(), refused.reason()), Optional.of(row), "");
  }

  /** A line that is no row. */
  void add(String source, long line, String reason, String raw) {
    add(new Refusal(source, line, "", reason), Optional.empty(), raw);
  }

  /**
   * Takes over what another quarantine keeps.
   *
   * @param kept its file; empty if it has none
   * @param refused how many there were
   * @param first some of them
   */
  void take(String kept, long refused, List<Refusal> first) {
    first.forEach(this::keepExample);
    if (!kept.isEmpty() && count < mostKept) {
      try (Stream<String> lines = Files.lines(Path.of(kept), StandardCharsets.UTF_8)) {
        BufferedWriter out = writer();
        Iterator<String> each = lines.limit(mostKept - count).iterator();
        while (each.hasNext()) {
          out.write(each.next());
          out.newLine();
        }
      } catch (IOException e) {
        throw cannotBeWritten(e);
      }
    }
    count += refused;
  }

  private void add(Refusal refusal, Optional<UsageRow> row, String raw) {
    count++;
    keepExample(refusal);
    if (count > mostKept) {
      return;
    }
    try {
      BufferedWriter out = writer();
      try (JsonGenerator object = json.createGenerator(ObjectWriteContext.empty(), out)) {
        object.writeStartObject();
        object.writeStringProperty("file", refusal.source());
        object.writeNumberProperty("line", refusal.line());
        object.writeStringProperty("field", refusal.field());
        object.writeStringProperty("reason", refusal.reason());
        if (row.isPresent()) {
          object.writeObjectPropertyStart("row");
          row.get()
              .values()
              .forEach((column, value) -> {
                if (!tellsUser(column, value)) {
                  object.writeStringProperty(column.label(), value);
                }
              });
          object.writeEndObject();
        } else if (keepsLines) {
          object.writeStringProperty(
              "text", raw.length() > RAW_CHARS ? raw.substring(0, RAW_CHARS) + "…" : raw);
        }
        object.writeEndObject();
      }
      out.newLine();
    } catch (IOException | JacksonIOException e) {
      throw cannotBeWritten(e);
    }
  }

  /** What tells a metered bucket from others may be its user. */
  private static boolean tellsUser(UsageColumn column, String value) {
    return column == UsageColumn.USER
        || (column == UsageColumn.REQUEST_ID && BucketRevisions.isBucket(value));
  }

  /** What is wrong with a file as a whole says more than its rows, and goes before them. */
  private void keepExample(Refusal refusal) {
    long wholeFiles = examples.stream().filter(example -> example.line() == 0).count();
    int at = refusal.line() == 0 ? (int) wholeFiles : examples.size();
    if (at < EXAMPLES) {
      examples.add(at, refusal);
    }
    if (examples.size() > EXAMPLES) {
      examples.remove(EXAMPLES);
    }
  }

  private UncheckedIOException cannotBeWritten(Exception e) {
    Throwable reason = e instanceof JacksonIOException json ? json.getCause() : e;
    return new UncheckedIOException(
        new IOException(
            "the quarantine file "
                + path
                + " cannot be written: "
                + (reason == null ? e : reason).getMessage(),
            e));
  }

  private BufferedWriter writer() throws IOException {
    if (writer == null) {
      Path file = path.resolveSibling("." + path.getFileName() + "." + UUID.randomUUID());
      unfinished = file;
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.createFile(file, OWNER_ONLY);
      }
      writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    }
    return writer;
  }

  long count() {
    return count;
  }

  /** A few refusals for a message: of files as a whole, then the first rows. */
  List<Refusal> examples() {
    return List.copyOf(examples);
  }

  /** Completes the file; returns it if there is one. */
  Optional<Path> finish() {
    try {
      if (writer == null || unfinished == null) {
        place.clear();
        return Optional.empty();
      }
      writer.close();
      Path put = place.put(unfinished);
      unfinished = null;
      remark = place.remark(put) + remarkOnSize(place.remark(put));
      return Optional.of(put);
    } catch (IOException e) {
      throw cannotBeWritten(e);
    }
  }

  private String remarkOnSize(String other) {
    return count <= mostKept
        ? ""
        : String.format(
            Locale.ROOT, "%sit keeps the first %,d", other.isEmpty() ? "" : "; ", mostKept);
  }

  /**
   * Once it is finished: why the file has another name than was asked for, and whether it keeps
   * all; empty if it is as usual.
   */
  String remark() {
    return remark;
  }

  /** Leaves no unfinished file behind. */
  @Override
  public void close() throws IOException {
    if (unfinished == null) {
      return;
    }
    try {
      if (writer != null) {
        writer.close();
      }
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
