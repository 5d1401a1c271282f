package io.gtrace.packaging;

import java.nio.file.Path;

/**
 * Where in a checkout that has been built things are taken from.
 *
 * @param root the checkout
 */
record Sources(Path root) {
  /** The jars of the application and all that it uses. */
  Path jars() {
    return root.resolve("gtrace-app/target/gtrace/lib");
  }

  Path licence() {
    return root.resolve("LICENSE");
  }

  /** The part of the launcher that chooses options of Java for a command. */
  Path javaOptions() {
    return root.resolve("scripts/java-options.sh");
  }

  /** A program that brings a jar of very old classes into a format that caches take. */
  Path raiseClassFiles() {
    return root.resolve("scripts/RaiseClassFiles.java");
  }
}
