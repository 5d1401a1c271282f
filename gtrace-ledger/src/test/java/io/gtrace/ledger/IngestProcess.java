package io.gtrace.ledger;

import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.LedgerException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** An ingest in a process of its own, which waits for a word before it begins. */
final class IngestProcess implements AutoCloseable {
  private static final String READY = "ready";
  private static final String GO = "go";
  private static final int LEDGER = 5;
  private static final int MACHINE = 74;

  private final Process process;
  private final Path temporary;
  private final BufferedReader out;

  private IngestProcess(Process process, Path temporary) {
    this.process = process;
    this.temporary = temporary;
    out = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts a process; it begins to read the file with {@link #go}.
   *
   * @param temporary a folder for what the process leaves when it is killed
   */
  static IngestProcess start(
      Path temporary, Path ledger, long eventsOfABatch, int waitSeconds, Path file)
      throws IOException {
    Files.createDirectories(temporary);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(
        List.of(
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-Duser.timezone=UTC",
            "-Djava.io.tmpdir=" + temporary,
            "-cp",
            System.getProperty("java.class.path"),
            IngestProcess.class.getName(),
            ledger.toString(),
            Long.toString(eventsOfABatch),
            Integer.toString(waitSeconds),
            file.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new IngestProcess(process, temporary);
  }

  /** Starts a process that merges what can be merged in a ledger. */
  static IngestProcess startMerging(Path temporary, Path ledger) throws IOException {
    return start(temporary, ledger, LedgerFixture.LARGE, 0, Path.of(""));
  }

  /** Waits until everything is loaded and only the word is missing. */
  IngestProcess awaitReady() throws IOException {
    String line = out.readLine();
    while (line != null && !line.equals(READY)) {
      line = out.readLine();
    }
    if (line == null) {
      throw new IOException("the process ended before it was ready");
    }
    return this;
  }

  void go() throws IOException {
    process.getOutputStream().write((GO + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** As {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** What it printed till its end. */
  String rest() throws IOException {
    StringBuilder text = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      text.append(line).append('\n');
    }
    return text.toString();
  }

  int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly().onExit().join();
    try (Stream<Path> left = Files.list(temporary)) {
      for (Path file : left.filter(Files::isRegularFile).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** The process. */
  public static void main(String[] args) throws IOException, SQLException {
    LedgerDatabase.open(Optional.empty()).close();
    LedgerIngest ingest = LedgerFixture.ingest(Long.parseLong(args[1]));
    System.out.println(READY);
    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    System.exit(run(ingest, args));
  }

  private static int run(LedgerIngest ingest, String... args) {
    try {
      Path ledger = Path.of(args[0]);
      if (args[3].isEmpty()) {
        LedgerCompaction.Result merged =
            new LedgerCompaction(LedgerFixture.NOW, "test")
                .compact(Ledger.open(ledger), Duration.ZERO);
        System.out.println("merged " + merged.seals().size());
        return 0;
      }
      LedgerIngest.Result result =
          ingest.ingest(
              Ledger.openOrCreate(ledger),
              Duration.ofSeconds(Long.parseLong(args[2])),
              List.of(Path.of(args[3])),
              UsageDefaults.NONE,
              ledger.resolveSibling("quarantine-" + ProcessHandle.current().pid()));
      System.out.println("added " + result.added());
      return 0;
    } catch (LedgerException failed) {
      System.out.println(failed.getMessage());
      return LEDGER;
    } catch (UncheckedIOException failed) {
      System.out.println(Objects.toString(failed.getCause(), "").replaceFirst("^[\\w.]+: ", ""));
      return MACHINE;
    }
  }
}
