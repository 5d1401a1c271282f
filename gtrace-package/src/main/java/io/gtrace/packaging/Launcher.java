package io.gtrace.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The script that starts G-TRACE, and the cache of loaded classes with which it starts fast. */
final class Launcher {
  private static final String MAIN = "io.gtrace.app.Main";

  private final String javaOptions;
  private final List<String> jars;

  /**
   * Of jars in one folder.
   *
   * @param javaOptions the part of the script that chooses options of Java
   * @param jars in the order in which they are looked into, which the cache depends on
   */
  Launcher(String javaOptions, List<Path> jars) {
    this.javaOptions = javaOptions;
    this.jars = jars.stream().map(jar -> jar.getFileName().toString()).toList();
  }

  void write(Path script) throws IOException {
    Files.writeString(script, script());
    ImageFolder.makeExecutable(script);
  }

  private String script() {
    return """
    #!/bin/sh
    # Starts G-TRACE with the Java runtime beside it.
    home=$0
    if [ -L "$home" ]; then home=$(readlink -f "$home"); fi
    case $home in
      */bin/gtrace) home=${home%%/bin/gtrace} ;;
      *) home=${home%%/*}/.. ;;
    esac
    %s
    terminal=false
    [ -t 2 ] && terminal=true
    exec "$home/runtime/bin/java" -XX:AOTCache="$home/lib/gtrace.aot" -Xlog:aot=off -Xlog:cds=off \\
      $java_options -Dgtrace.terminal=$terminal --enable-native-access=ALL-UNNAMED \\
      -cp "%s" %s "$@"
    """
        .formatted(javaOptions.strip(), classPath("$home"), MAIN);
  }

  private String classPath(String home) {
    return jars.stream().map(jar -> home + "/lib/" + jar).collect(Collectors.joining(":"));
  }

  /** Runs a command of an image and keeps the classes that it loaded, linked. */
  void cacheLoadedClasses(Path image) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                image.resolve("runtime/bin/java").toString(),
                "-XX:AOTCacheOutput=" + image.resolve("lib/gtrace.aot"),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(image.toString()),
                MAIN));
    command.addAll(
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
            "eu-west-3"));
    Tool.output(command.toArray(String[]::new));
  }
}
