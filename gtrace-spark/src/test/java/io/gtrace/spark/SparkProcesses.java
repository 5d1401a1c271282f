package io.gtrace.spark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Spark as its download would run it: processes with nothing but the jars of Spark on their class
 * path.
 */
final class SparkProcesses implements AutoCloseable {
  private static final Path HOME = Path.of(System.getProperty("spark.home", ""));

  /** What {@code spark-submit} is given. */
  static final Path JAR = Path.of(System.getProperty("spark.jar", ""));

  private final Path folder;
  private final Path jvm;
  private final List<Process> started = new ArrayList<>();

  /**
   * @param folder for logs and what Spark leaves behind
   */
  SparkProcesses(Path folder) {
    this.folder = folder;
    String given = System.getProperty("spark.jvm", "");
    // Clusters run on 17: where there is one, so does this.
    jvm = Path.of(given.isEmpty() ? System.getProperty("java.home") : given);
  }

  /** Starts a process of Spark's. */
  Process start(String name, String main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(jvm.resolve("bin").resolve("java").toString());
    command.add("-Xmx768m");
    command.add("-Duser.timezone=UTC");
    command.addAll(List.of(System.getProperty("spark.opens", "").split(" ")));
    command.addAll(List.of("-cp", HOME.resolve("jars") + File.separator + "*", main));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SPARK_HOME", HOME.toString());
    // A download of Spark says so itself.
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("SPARK_LOCAL_DIRS", folder.resolve("local").toString());
    builder.environment().put("JAVA_HOME", jvm.toString());
    builder.redirectOutput(log(name).toFile());
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private Path log(String name) {
    return folder.resolve(name + ".log");
  }

  /** What a process wrote. */
  String said(String name) throws IOException {
    return Files.readString(log(name));
  }

  /** Starts {@code spark-submit} with the shaded jar. */
  Process submit(String master, List<String> options, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("--master", master));
    all.addAll(List.of("--conf", "spark.ui.enabled=false"));
    all.addAll(options);
    all.addAll(List.of("--class", "io.gtrace.spark.Main", JAR.toString()));
    all.addAll(List.of(arguments));
    return start("submit", "org.apache.spark.deploy.SparkSubmit", all.toArray(String[]::new));
  }

  /** The processes of executors that a worker has started: it starts no others. */
  static Stream<ProcessHandle> executors(Process worker) {
    return worker.toHandle().children();
  }

  @Override
  public void close() {
    for (Process process : started) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
