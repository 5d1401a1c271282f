package io.gtrace.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shaded jar on Spark as people install it: alone, and on a cluster that loses an executor. */
@Timeout(600)
class SparkSubmitIT {
  private static final long LOOK_EVERY_MS = 10;

  @TempDir Path folder;

  @Test
  void nothingInTheJarCanMeetWhatAClusterHas() throws IOException {
    try (JarFile jar = new JarFile(SparkProcesses.JAR.toFile())) {
      List<String> others =
          jar.stream()
              .map(ZipEntry::getName)
              .filter(name -> name.endsWith(".class"))
              .map(name -> name.replaceFirst("^META-INF/versions/[0-9]+/", ""))
              .filter(name -> !name.startsWith("io/gtrace/") && !name.startsWith("org/duckdb/"))
              .map(name -> name.replaceFirst("/[^/]*$", ""))
              .distinct()
              .filter(name -> !name.startsWith("org/jspecify/"))
              .toList();
      assertThat(others).isEmpty();
    }
  }

  @Test
  void runsBesideAnotherJackson() throws Exception {
    Path calls = Ledgers.calls(folder.resolve("calls.jsonl"), 0, 1_000);
    Path ledger = folder.resolve("ledger");
    Path embedded = folder.resolve("embedded");
    try (SparkProcesses spark = new SparkProcesses(folder)) {
      Process job =
          spark.submit(
              "local[2]", List.of(), "ingest", calls.toString(), "--ledger", ledger.toString());

      assertThat(job.waitFor()).as(spark.said("submit")).isZero();
      assertThat(spark.said("submit")).contains("1,000 events added");
    }
    Ledgers.ingest(embedded, List.of(calls));
    Ledgers.requireIntact(ledger);
    Ledgers.requireSameFigures(ledger, embedded);
  }

  @Test
  void aClusterThatLosesAnExecutorWritesTheSameLedger() throws Exception {
    Path calls = Ledgers.calls(folder.resolve("calls.jsonl"), 0, 6_000);
    Path ledger = folder.resolve("ledger");
    Path embedded = folder.resolve("embedded");
    try (SparkProcesses spark = new SparkProcesses(folder)) {
      String master = "spark://127.0.0.1:" + master(spark);
      List<Process> workers = List.of(worker(spark, master, "1"), worker(spark, master, "2"));
      Process job =
          spark.submit(
              master,
              List.of(
                  "--executor-memory",
                  "512m",
                  "--total-executor-cores",
                  "2",
                  "--conf",
                  "spark.sql.shuffle.partitions=12",
                  "--conf",
                  "spark.sql.adaptive.coalescePartitions.enabled=false"),
              "ingest",
              calls.toString(),
              "--ledger",
              ledger.toString());

      boolean killed = false;
      while (!job.waitFor(LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
        killed = killed || (parts(ledger) > 1 && killed(workers));
      }

      assertThat(job.exitValue()).as(spark.said("submit")).isZero();
      assertThat(spark.said("submit")).contains("6,000 events added");
      assertThat(killed).as("an executor was killed at its work").isTrue();
    }
    Ledgers.ingest(embedded, List.of(calls));
    Ledgers.requireIntact(ledger);
    Ledgers.requireSameFigures(ledger, embedded);
    assertThat(ledger.resolve("work")).isEmptyDirectory();
  }

  private static int master(SparkProcesses spark) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    spark.start(
        "master",
        "org.apache.spark.deploy.master.Master",
        "--host",
        "127.0.0.1",
        "--port",
        Integer.toString(port),
        "--webui-port",
        "0");
    return port;
  }

  private Process worker(SparkProcesses spark, String master, String name) throws IOException {
    return spark.start(
        "worker-" + name,
        "org.apache.spark.deploy.worker.Worker",
        "--host",
        "127.0.0.1",
        "--cores",
        "1",
        "--memory",
        "1g",
        "--webui-port",
        "0",
        "--work-dir",
        folder.resolve("worker-" + name).toString(),
        master);
  }

  /** Parts of a batch that were begun. */
  private static long parts(Path ledger) {
    Path parts = ledger.resolve("work").resolve("parts");
    try (Stream<Path> begun = Files.list(parts)) {
      return begun.count();
    } catch (IOException none) {
      return 0;
    }
  }

  private static boolean killed(List<Process> workers) {
    Optional<ProcessHandle> any = workers.stream().flatMap(SparkProcesses::executors).findFirst();
    return any.isPresent() && any.get().destroyForcibly();
  }
}
