package io.gtrace.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whole commands as a user starts them, from the launcher script to the exit of the process. */
final class CommandBenchmark implements Benchmark {
  private static final int ESTIMATE_RUNS = 15;
  private static final int DEMO_RUNS = 5;

  private final Path launcher;
  private final Path folder;

  /**
   * @param launcher the script
   * @param folder where commands run and write
   */
  CommandBenchmark(Path launcher, Path folder) {
    this.launcher = launcher;
    this.folder = folder;
  }

  @Override
  public String name() {
    return "command";
  }

  @Override
  public List<Timing> run() throws IOException, InterruptedException {
    List<String> estimate =
        List.of(
            "estimate",
            "text",
            "--model",
            "gpt-4o",
            "--input-tokens",
            "500",
            "--output-tokens",
            "300",
            "--region",
            "eu-west-3");
    List<String> demo = List.of("demo", "--out", folder.resolve("demo.html").toString());
    return List.of(
        Timing.of("`gtrace --version`", "s", seconds(List.of("--version"), ESTIMATE_RUNS)),
        Timing.of("`gtrace estimate`", "s", seconds(estimate, ESTIMATE_RUNS)).atMost(0.4),
        Timing.of("`gtrace demo`", "s", seconds(demo, DEMO_RUNS)).atMost(5));
  }

  private double[] seconds(List<String> arguments, int runs)
      throws IOException, InterruptedException {
    seconds(arguments); // The first start after a build makes the launcher's cache.
    double[] seconds = new double[runs];
    for (int run = 0; run < runs; run++) {
      seconds[run] = seconds(arguments);
    }
    return seconds;
  }

  private double seconds(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(launcher.toString());
    command.addAll(arguments);
    Path output = Files.createTempFile(folder, "command", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(output.toFile()));
    long began = System.nanoTime();
    int exitCode = builder.start().waitFor();
    double seconds = (System.nanoTime() - began) / 1e9;
    if (exitCode != 0) {
      throw new IOException(command + " failed with " + exitCode + ": " + Files.readString(output));
    }
    Files.delete(output);
    return seconds;
  }
}
