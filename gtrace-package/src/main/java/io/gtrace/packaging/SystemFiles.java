package io.gtrace.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The files of this machine that a container needs to run G-TRACE: the shell, the C library and
 * what else machine code is linked with, and the licences of the packages that these come from.
 */
final class SystemFiles {
  private static final Path SHELL = Path.of("/bin/sh");
  private static final Path LICENCES = Path.of("/usr/share/doc");

  private SystemFiles() {}

  /**
   * Finds them.
   *
   * @throws IOException if this is no Debian or Ubuntu, whose packages tell their licences
   */
  static NavigableSet<Path> neededBy(Path image, Path work) throws IOException {
    List<Path> binaries = new ArrayList<>(List.of(SHELL));
    Path unpacked = Files.createDirectories(work.resolve("native"));
    for (PackagedFile file : PackagedFile.in(image)) {
      if (file.link().isPresent()) {
        continue;
      }
      if (file.place().endsWith(".jar")) {
        binaries.addAll(ApplicationJars.unpackNative(file.content(), unpacked));
      } else if (NativeBinary.is(file.content())) {
        binaries.add(file.content());
      }
    }
    NavigableSet<Path> files = new TreeSet<>(List.of(SHELL));
    for (Path library : NativeBinary.libraries(binaries)) {
      if (!library.startsWith(image.toAbsolutePath())) {
        files.add(library);
      }
    }
    NavigableSet<Path> licences = new TreeSet<>();
    for (Path file : files) {
      licences.add(licence(file));
    }
    files.addAll(licences);
    return files;
  }

  private static Path licence(Path file) throws IOException {
    Path licence = LICENCES.resolve(packageOf(file)).resolve("copyright");
    if (!Files.exists(licence)) {
      throw new IOException("the licence of " + file + " is not at " + licence + nameABase());
    }
    return licence;
  }

  private static String packageOf(Path file) throws IOException {
    Path real = file.toRealPath();
    // Packages name files as they were before /lib became a link to /usr/lib.
    List<Path> names =
        List.of(
            real,
            real.startsWith("/usr")
                ? Path.of("/").resolve(real.subpath(1, real.getNameCount()))
                : real);
    for (Path name : names) {
      try {
        String found = Tool.output("dpkg-query", "--search", name.toString());
        return found.substring(0, found.indexOf(':'));
      } catch (IOException notByThisName) {
        if (name.equals(names.get(names.size() - 1))) {
          throw new IOException(
              "the package of " + file + " is not known" + nameABase(), notByThisName);
        }
      }
    }
    throw new IllegalStateException("there is no name of " + file);
  }

  private static String nameABase() {
    return ": make the container image on Debian or Ubuntu, or name an image to build on with --base";
  }

  /**
   * Writes what a system without users and network settings lacks, to a folder that it is read of.
   */
  static List<PackagedFile> configuration(Path folder) throws IOException {
    Path etc = Files.createDirectories(folder.resolve("etc"));
    Files.writeString(
        etc.resolve("passwd"),
        "root:x:0:0:root:/root:/bin/sh\nnonroot:x:65532:65532:nonroot:/tmp:/bin/sh\n");
    Files.writeString(etc.resolve("group"), "root:x:0:\nnonroot:x:65532:\n");
    Files.writeString(
        etc.resolve("nsswitch.conf"), "passwd: files\ngroup: files\nhosts: files dns\n");
    return PackagedFile.in(folder);
  }
}
