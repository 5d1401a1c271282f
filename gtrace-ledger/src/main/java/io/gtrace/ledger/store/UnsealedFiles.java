package io.gtrace.ledger.store;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Files in the folders of batches that no seal names. What is named as of the next batch was left
 * by a writer that was interrupted, or is being written; what a seal removed should have been
 * deleted. Anything else was put there by somebody, or lost its seal: it may be all that is left of
 * events.
 */
final class UnsealedFiles {
  /** Where files of batches lie. */
  static final List<String> FOLDERS =
      List.of("events", "rollups", "cards", "removed", "records", "seals");

  private static final Pattern BATCHES = Pattern.compile("([0-9]{6,9})(?:-([0-9]{6,9}))?[-.].*");

  private final LedgerFiles files;
  private final int head;
  private final List<Path> foreign = new ArrayList<>();
  private final List<Path> removed = new ArrayList<>();

  private UnsealedFiles(LedgerFiles files, int head) {
    this.files = files;
    this.head = head;
  }

  /**
   * Looks for them.
   *
   * @param head number of the newest batch
   * @param sealed files that seals name, and seals
   * @param outlived files that seals took out of the ledger and nobody reads any more, as far as
   *     that is known without reading all seals
   * @param gone gives all files that seals took out of the ledger; asked only if there is anything
   *     that is neither sealed nor outlived
   */
  static UnsealedFiles of(
      LedgerFiles files, int head, Set<Path> sealed, Set<Path> outlived, Supplier<Set<Path>> gone)
      throws IOException {
    List<Path> unsealed = new ArrayList<>();
    for (String folder : FOLDERS) {
      for (Path file : inside(files.folder().resolve(folder))) {
        if (!sealed.contains(file)) {
          unsealed.add(file);
        }
      }
    }
    UnsealedFiles found = new UnsealedFiles(files, head);
    if (!unsealed.isEmpty()) {
      Set<Path> removed = outlived.containsAll(unsealed) ? outlived : gone.get();
      unsealed.forEach(file -> found.add(file, removed.contains(file)));
    }
    return found;
  }

  /** Whether there are files of batches at all, which no ledger without HEAD has. */
  static boolean anyIn(LedgerFiles files) throws IOException {
    for (String folder : FOLDERS) {
      if (!inside(files.folder().resolve(folder)).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private void add(Path file, boolean wasRemoved) {
    if (wasRemoved) {
      removed.add(file);
    } else if (!isOfNextBatch(file)) {
      foreign.add(file);
    }
  }

  private boolean isOfNextBatch(Path file) {
    Matcher name = BATCHES.matcher(file.getFileName().toString());
    if (!name.matches()) {
      return false;
    }
    String last = name.group(2) == null ? name.group(1) : name.group(2);
    return Integer.parseInt(last) == head + 1;
  }

  /** What is neither of the ledger nor of its next batch. */
  List<Path> foreign() {
    return List.copyOf(foreign);
  }

  /** What was taken out of the ledger and is there still. */
  List<Path> removed() {
    return List.copyOf(removed);
  }

  /** Moves what is not the ledger's to where nobody takes it for a part of it. */
  void setAside() throws IOException {
    for (Path file : foreign) {
      Path aside = free(files.aside().resolve(files.name(file)));
      Files.createDirectories(LedgerFiles.parent(aside));
      Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static Path free(Path wanted) {
    Path place = wanted;
    for (int i = 2; Files.exists(place); i++) {
      place = wanted.resolveSibling(wanted.getFileName() + "-" + i);
    }
    return place;
  }

  private static Set<Path> inside(Path folder) throws IOException {
    Set<Path> files = new HashSet<>();
    if (!Files.isDirectory(folder)) {
      return files;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files.add(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            return goneOr(failure);
          }

          @Override
          public FileVisitResult postVisitDirectory(Path left, @Nullable IOException failure)
              throws IOException {
            return failure == null ? FileVisitResult.CONTINUE : goneOr(failure);
          }
        });
    return files;
  }

  /** A writer may tidy up meanwhile. */
  private static FileVisitResult goneOr(IOException failure) throws IOException {
    if (failure instanceof NoSuchFileException) {
      return FileVisitResult.CONTINUE;
    }
    throw failure;
  }
}
