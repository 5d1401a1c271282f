package io.gtrace.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file as it is installed.
 *
 * @param place where it goes, with {@code /} between its parts and none before the first
 * @param content the file whose bytes it has; of a link, those that it has if it is followed
 * @param link where it points to instead, where it is a symbolic link
 */
record PackagedFile(String place, Path content, boolean executable, Optional<String> link) {
  /** A file that is read. */
  static PackagedFile of(String place, Path content) {
    return new PackagedFile(place, content, Files.isExecutable(content), Optional.empty());
  }

  /** A symbolic link. */
  static PackagedFile link(String place, String target) {
    return new PackagedFile(place, Path.of(target), false, Optional.of(target));
  }

  /** All files of a folder, in the order of their places, which are those within the folder. */
  static List<PackagedFile> in(Path folder) throws IOException {
    List<PackagedFile> files = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) walk::iterator) {
        String place = folder.relativize(path).toString();
        if (Files.isSymbolicLink(path)) {
          String target = Files.readSymbolicLink(path).toString();
          files.add(new PackagedFile(place, path, false, Optional.of(target)));
        } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
          files.add(of(place, path));
        }
      }
    }
    return sorted(files);
  }

  /** In the order of their places, so that an archive of them is always the same. */
  static List<PackagedFile> sorted(List<PackagedFile> files) {
    return files.stream().sorted(Comparator.comparing(PackagedFile::place)).toList();
  }

  /** The same file elsewhere. */
  PackagedFile at(String otherPlace) {
    return new PackagedFile(otherPlace, content, executable, link);
  }

  /** How many bytes it has; none for a link. */
  long bytes() throws IOException {
    return link.isPresent() ? 0 : Files.size(content);
  }
}
