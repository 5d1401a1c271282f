package io.gtrace.packaging;

import io.gtrace.app.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The folder that is packed: everything that G-TRACE needs to run, and nothing to build it. */
final class ImageFolder {
  private final Sources sources;
  private final Release release;

  ImageFolder(Sources sources, Release release) {
    this.sources = sources;
    this.release = release;
  }

  /** Makes it anew. */
  void make(Path image) throws IOException {
    deleteWithin(image);
    Files.createDirectories(image.resolve("bin"));
    List<Path> jars = new ApplicationJars(sources).copy(image.resolve("lib"));
    Path runtime = image.resolve("runtime");
    JavaRuntime.link(runtime, jars);
    Launcher launcher = new Launcher(Files.readString(sources.javaOptions()), jars);
    launcher.write(image.resolve("bin/gtrace"));
    stamp(image);
    launcher.cacheLoadedClasses(image);
    share(image.resolve("share"));
    Files.copy(sources.licence(), image.resolve("LICENSE"));
    Files.writeString(image.resolve("THIRD-PARTY-NOTICES.txt"), Notices.of(jars));
    stamp(image);
  }

  /**
   * Gives all files the time of the release. The cache of loaded classes knows jars by their times,
   * so they must have them before it is made, and in archives too.
   */
  private void stamp(Path image) throws IOException {
    for (PackagedFile file : PackagedFile.in(image)) {
      if (file.link().isEmpty()) {
        Files.setLastModifiedTime(file.content(), FileTime.from(release.time()));
      }
    }
  }

  private void share(Path share) throws IOException {
    CommandLine command = Main.commandLine();
    write(share, new Completions(command).byPlace());
    write(
        share.resolve("man/man1"),
        new ManualPages(release.version(), release.time()).of(CommandPage.all(command)));
  }

  private static void write(Path folder, Map<String, String> files) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path place = folder.resolve(file.getKey());
      Files.createDirectories(place.getParent());
      Files.writeString(place, file.getValue());
    }
  }

  /** Deletes a folder and all that is in it, if it is there. */
  static void deleteWithin(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> paths = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      walk.sorted(Comparator.reverseOrder()).forEach(paths::add);
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }

  /** Lets everybody start a file. */
  static void makeExecutable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
