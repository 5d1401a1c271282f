package io.gtrace.packaging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Programs that packaging starts. */
final class Tool {
  private Tool() {}

  /**
   * Runs a program to its end.
   *
   * @return what it printed, on both streams
   * @throws IOException if it cannot be started or fails; its message holds what it printed
   */
  static String output(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      int exitCode = process.waitFor();
      if (exitCode != 0) {
        throw new IOException(
            "%s ended with %d: %s".formatted(List.of(command), exitCode, output.strip()));
      }
      return output;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + command[0], e);
    }
  }

  /** The program {@code java} of the kit that this runs on. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
