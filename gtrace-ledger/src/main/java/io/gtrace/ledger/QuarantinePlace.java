package io.gtrace.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a run puts its quarantine file. What an earlier run put there gives way; what anybody else
 * put there, or a run at the same time, does not: then the next free number is taken.
 */
final class QuarantinePlace {
  private static final int START_BYTES = 1 << 16;
  private static final String TEXT = "\"(?:[^\"\\\\]++|\\\\.)*+\"";
  private static final Pattern WRITTEN_HERE =
      Pattern.compile(
          "\\{\"file\":" + TEXT + ",\"line\":\\d+,\"field\":" + TEXT + ",\"reason\":\".*",
          Pattern.DOTALL);

  private final Path wanted;
  private final boolean wasForeign;
  private final Optional<Mark> earlier;

  /** Tells a file from whatever takes its name later. */
  private record Mark(String fileKey, long bytes, FileTime modified) {}

  /** Remembers what is there as a run begins. */
  QuarantinePlace(Path wanted) throws IOException {
    this.wanted = wanted;
    earlier = markOfEarlier(wanted);
    wasForeign = earlier.isEmpty() && isThere(wanted);
  }

  private static boolean isThere(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static Optional<Mark> markOfEarlier(Path path) throws IOException {
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(path)) {
      String start = new String(in.readNBytes(START_BYTES), StandardCharsets.UTF_8);
      if (!WRITTEN_HERE.matcher(start).matches()) {
        return Optional.empty();
      }
    }
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    return Optional.of(
        new Mark(
            String.valueOf(attributes.fileKey()),
            attributes.size(),
            attributes.lastModifiedTime()));
  }

  /**
   * Gives a complete file its name.
   *
   * @return where it is now
   */
  Path put(Path complete) throws IOException {
    int number = 1;
    while (!replaced(numbered(number), complete)) {
      number++;
    }
    return numbered(number);
  }

  /** Why a file has another name than was wanted; empty if it has not. */
  String remark(Path put) {
    if (put.equals(wanted)) {
      return "";
    }
    return wasForeign
        ? wanted + " is no quarantine file and was left as it is"
        : wanted + " is of another run at the same time";
  }

  /** Removes what an earlier run put there. */
  void clear() throws IOException {
    if (earlier.isPresent()) {
      Optional<Path> claim = claim(wanted);
      if (claim.isPresent()) {
        try {
          if (gaveWay(wanted)) {
            Files.deleteIfExists(wanted);
          }
        } finally {
          Files.deleteIfExists(claim.get());
        }
      }
    }
  }

  private Path numbered(int number) {
    if (number == 1) {
      return wanted;
    }
    String name = String.valueOf(wanted.getFileName());
    int end = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length();
    return wanted.resolveSibling(name.substring(0, end) + "-" + number + name.substring(end));
  }

  private boolean replaced(Path name, Path complete) throws IOException {
    Optional<Path> claim = claim(name);
    if (claim.isEmpty()) {
      return false;
    }
    try {
      if (isThere(name) && !gaveWay(name)) {
        return false;
      }
      Files.move(complete, name, StandardCopyOption.REPLACE_EXISTING);
      return true;
    } finally {
      Files.deleteIfExists(claim.get());
    }
  }

  private boolean gaveWay(Path name) throws IOException {
    return name.equals(wanted) && earlier.isPresent() && earlier.equals(markOfEarlier(name));
  }

  /** Keeps other runs from the name for a moment; empty if one of them was faster. */
  private static Optional<Path> claim(Path name) throws IOException {
    try {
      return Optional.of(
          Files.createFile(name.resolveSibling("." + name.getFileName() + ".claim")));
    } catch (FileAlreadyExistsException another) {
      return Optional.empty();
    }
  }
}
