package io.gtrace.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A file that a command is asked to write: its place can be tried before the work, and after the
 * work it is whole or not there.
 *
 * @param option what asks for it, as typed
 * @param path where it goes
 */
record OutputFile(String option, Path path) {

  /** What goes into the file. */
  @FunctionalInterface
  interface Content {
    void writeTo(Path file) throws IOException;
  }

  /**
   * @throws IllegalArgumentException if the file is one of those that the command reads
   */
  void requireOtherThan(List<Path> inputs) {
    if (inputs.stream().anyMatch(this::is)) {
      throw new IllegalArgumentException(
          this + " would take the place of a file that is read: give it another name");
    }
  }

  /**
   * @throws IllegalArgumentException if the file would lie in a folder that the command reads, as a
   *     ledger
   */
  void requireOutside(Path folder) {
    if (real(path).startsWith(real(folder))) {
      throw new IllegalArgumentException(
          this + " would lie in " + folder + ", which is read: write it somewhere else");
    }
  }

  /** Whether a path leads to this file, by whatever name. */
  boolean is(Path other) {
    try {
      if (Files.exists(path) && Files.exists(other)) {
        return Files.isSameFile(path, other);
      }
    } catch (IOException unreadable) {
      // Then their names must tell.
    }
    return real(path).equals(real(other));
  }

  private static Path real(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    Path folder = absolute.getParent();
    if (folder == null) {
      return absolute;
    }
    try {
      return folder.toRealPath().resolve(absolute.getFileName());
    } catch (IOException noFolder) {
      return absolute;
    }
  }

  /**
   * Tries whether a file can be made there, and leaves nothing.
   *
   * @throws UncheckedIOException if not; the message says why
   */
  void requirePlace() {
    if (isDevice()) {
      return;
    }
    try {
      if (Files.isDirectory(path)) {
        throw new FileSystemException(path.toString(), null, "it is a folder");
      }
      Path trial = unfinished();
      // Only making one tells: permissions say nothing of file systems that are read-only.
      Files.newOutputStream(trial).close();
      Files.delete(trial);
    } catch (IOException e) {
      throw cannotBeWritten(e);
    }
  }

  /**
   * @throws UncheckedIOException if it cannot be written; then what was there before still is
   */
  void write(Content content) {
    try {
      if (isDevice()) {
        content.writeTo(path);
        return;
      }
      Path unfinished = unfinished();
      try {
        content.writeTo(unfinished);
        Files.move(unfinished, path, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException e) {
      throw cannotBeWritten(e);
    }
  }

  /** From the working directory where the file lies in it, else from the root. */
  Path shortestPath() {
    Path here = Path.of("").toAbsolutePath().normalize();
    Path absolute = path.toAbsolutePath().normalize();
    return absolute.startsWith(here) ? here.relativize(absolute) : absolute;
  }

  /** A pipe or a device is written to; a file in its place would break the machine. */
  boolean isDevice() {
    return Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
  }

  private Path unfinished() {
    return path.resolveSibling("." + path.getFileName() + "." + ProcessHandle.current().pid());
  }

  private UncheckedIOException cannotBeWritten(IOException e) {
    return new UncheckedIOException(new IOException(this + " cannot be written: " + reason(e), e));
  }

  private String reason(IOException e) {
    Path folder = path.toAbsolutePath().getParent();
    boolean isNoPlaceForFiles =
        e instanceof NoSuchFileException || e instanceof AccessDeniedException;
    return folder != null && isNoPlaceForFiles && Files.isDirectory(folder)
        ? "no file can be made in the folder " + folder + noRight(e)
        : Failure.reason(e);
  }

  private static String noRight(IOException e) {
    return e instanceof AccessDeniedException denied ? ": " + Failure.reason(denied) : "";
  }

  @Override
  public String toString() {
    return option + " " + path;
  }
}
