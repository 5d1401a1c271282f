package io.gtrace.app;

import io.gtrace.footprint.Quantity;
import io.gtrace.ledger.ParquetTable;
import io.gtrace.report.StudyJson;
import io.gtrace.report.StudyPage;
import io.gtrace.simulation.study.StudyOutcome;
import io.gtrace.simulation.study.StudyOutcome.Group;
import io.gtrace.simulation.study.StudyOutcome.Hour;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder that the results of a study go into. While it is open no other run can have it: the
 * files of two would be mixed.
 */
final class StudyFolder implements AutoCloseable {
  private static final String LOCK = ".running";
  private static final List<String> FIGURES = List.of("energy_kwh", "carbon_kg", "water_l");

  /** A country, a region of a service, a device, or what stood idle. */
  private record GroupLine(String kind, Group group) {}

  private final Path path;
  private final FileChannel lock;

  private StudyFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * @param path made if it is not there
   * @throws UncheckedIOException if nothing can be written there
   * @throws IllegalArgumentException if another run is about to write there
   */
  static StudyFolder open(Path path) {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new UncheckedIOException(
          new IOException("--out " + path + " cannot be made: " + Failure.reason(e), e));
    }
    new OutputFile("--out", path.resolve("outcome.json")).requirePlace();
    try {
      FileChannel lock =
          FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(lock)) {
        lock.close();
        throw new IllegalArgumentException(
            "--out " + path + ": another run will write there: give another folder");
      }
      return new StudyFolder(path, lock);
    } catch (IOException e) {
      throw new UncheckedIOException(
          new IOException("--out " + path + " cannot be locked: " + Failure.reason(e), e));
    }
  }

  /** The system gives the lock back when the process ends, however it does. */
  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException sameProcess) {
      return false;
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    try (lock) {
      Files.deleteIfExists(path.resolve(LOCK));
    } catch (IOException e) {
      throw new UncheckedIOException("--out " + path + " cannot be unlocked", e);
    }
  }

  private OutputFile file(String name) {
    return new OutputFile("--out", path.resolve(name));
  }

  void write(StudyOutcome outcome) {
    file("outcome.json").write(at -> Files.writeString(at, StudyJson.of(outcome) + "\n"));
    String page = StudyPage.html(outcome, Instant.now());
    file("story.html").write(at -> Files.writeString(at, page));
    file("hours.parquet").write(at -> writeHours(outcome, at));
    file("groups.parquet").write(at -> writeGroups(outcome, at));
  }

  private static void writeHours(StudyOutcome outcome, Path at) throws IOException {
    List<TextTable.Column<Hour>> columns = StudyHours.table(outcome).columns();
    List<ParquetTable.Column> stored =
        columns.stream()
            .map(column -> column.field().orElseThrow())
            .map(name -> new ParquetTable.Column(name, name.equals("time")))
            .toList();
    ParquetTable.write(
        at,
        stored,
        outcome.series().stream(),
        (hour, row) -> {
          for (TextTable.Column<Hour> column : columns) {
            if (column.value().apply(hour) instanceof Double number) {
              row.number(number.doubleValue());
            } else {
              row.text(column.stored(hour));
            }
          }
        });
  }

  private static void writeGroups(StudyOutcome outcome, Path at) throws IOException {
    List<ParquetTable.Column> columns = new ArrayList<>();
    columns.add(new ParquetTable.Column("kind", true));
    columns.add(new ParquetTable.Column("id", true));
    columns.add(new ParquetTable.Column("name", true));
    columns.add(new ParquetTable.Column("adopters", false));
    columns.add(new ParquetTable.Column("outputs", false));
    for (String figure : FIGURES) {
      columns.add(new ParquetTable.Column(figure, false));
      columns.add(new ParquetTable.Column(figure + "_low", false));
      columns.add(new ParquetTable.Column(figure + "_high", false));
    }
    Group idle =
        new Group(
            "idle",
            "fleets in hours in which they made nothing",
            0,
            0,
            outcome.idle(),
            Quantity.ZERO,
            Optional.empty());
    Stream<GroupLine> lines =
        Stream.of(
                outcome.countries().stream().map(group -> new GroupLine("country", group)),
                Stream.of(new GroupLine("idle", idle)),
                outcome.venues().stream().map(group -> new GroupLine("venue", group)))
            .flatMap(each -> each);
    ParquetTable.write(
        at,
        columns,
        lines,
        (line, row) -> {
          Group group = line.group();
          row.text(line.kind());
          row.text(group.id());
          row.text(group.name());
          row.number(group.adopters());
          row.number(group.outputs());
          for (Quantity quantity :
              List.of(
                  group.footprint().energyKwh(),
                  group.footprint().carbonKg(),
                  group.footprint().waterL())) {
            row.number(quantity.median());
            row.number(quantity.low());
            row.number(quantity.high());
          }
        });
  }
}
