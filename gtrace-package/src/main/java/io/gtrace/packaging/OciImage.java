package io.gtrace.packaging;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

/**
 * A container image in the layout of OCI, as a tar archive, made without a daemon and, unless it
 * builds on another image, without a network: a layer of the C library and the shell of this
 * machine, one of the Java runtime, one of libraries and one of G-TRACE.
 */
final class OciImage {
  private static final String HOME = "/usr/lib/gtrace/";
  private static final FilePermissions FILE = FilePermissions.fromOctalString("644");
  private static final FilePermissions EXECUTABLE = FilePermissions.fromOctalString("755");
  private static final FilePermissions FOR_ALL = FilePermissions.fromOctalString("777");

  /** Nobody's, so that what runs in a container is not root. */
  private static final String USER = "65532:65532";

  private final Release release;
  private final Optional<String> base;

  /**
   * Of a release.
   *
   * @param base the image to build on, which has to have a C library of GNU and {@code /bin/sh};
   *     without one, those of this machine are taken
   */
  OciImage(Release release, Optional<String> base) {
    this.release = release;
    this.base = base;
  }

  String fileName() {
    return release.imageName() + "-oci.tar";
  }

  /**
   * Writes the container image of an image.
   *
   * @throws IllegalArgumentException if the base image has no valid name
   * @throws IOException if something cannot be read, written or fetched
   */
  void write(Path tar, Path image, Path work) throws IOException {
    Path cache = Files.createDirectories(work.resolve("layers"));
    try {
      JibContainerBuilder container = base.isPresent() ? Jib.from(base.get()) : Jib.fromScratch();
      if (base.isEmpty()) {
        container.addFileEntriesLayer(system(image, work));
      }
      Predicate<PackagedFile> isRuntime = file -> file.place().startsWith("runtime/");
      Predicate<PackagedFile> isOurs =
          file -> !file.place().startsWith("lib/") || file.place().startsWith("lib/gtrace");
      List<PackagedFile> files =
          PackagedFile.in(image).stream().filter(file -> !isCompletion(file)).toList();
      container
          .addFileEntriesLayer(layer("runtime", files, isRuntime))
          .addFileEntriesLayer(layer("libraries", files, isRuntime.or(isOurs).negate()))
          .addFileEntriesLayer(layer("gtrace", files, isOurs.and(isRuntime.negate())))
          .setFormat(ImageFormat.OCI)
          .setCreationTime(release.time())
          .setEntrypoint(HOME + "bin/gtrace")
          .setWorkingDirectory(AbsoluteUnixPath.get("/work"))
          .setUser(USER)
          .addEnvironmentVariable("LANG", "C.UTF-8")
          .addLabel("org.opencontainers.image.title", "gtrace")
          .addLabel("org.opencontainers.image.version", release.version())
          .addLabel("org.opencontainers.image.licenses", "Apache-2.0")
          .containerize(
              Containerizer.to(TarImage.at(tar).named(ImageReference.of(null, "gtrace", tag())))
                  .setToolName("gtrace-package")
                  .setOfflineMode(base.isEmpty())
                  .setBaseImageLayersCache(cache)
                  .setApplicationLayersCache(cache));
    } catch (InvalidImageReferenceException e) {
      throw new IllegalArgumentException("--base: '" + base.orElse("") + "' names no image", e);
    } catch (RegistryException | CacheDirectoryCreationException | ExecutionException e) {
      throw new IOException("the container image cannot be made: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while making the container image", e);
    }
  }

  private String tag() {
    return release.version().toLowerCase(Locale.ROOT);
  }

  private static boolean isCompletion(PackagedFile file) {
    return file.place().startsWith("share/");
  }

  private FileEntriesLayer layer(
      String name, List<PackagedFile> files, Predicate<PackagedFile> wanted) {
    FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
    files.stream().filter(wanted).forEach(file -> add(layer, HOME + file.place(), file));
    return layer.build();
  }

  private void add(FileEntriesLayer.Builder layer, String place, PackagedFile file) {
    // Layers of this builder have no links: a link becomes the file that it points to.
    layer.addEntry(
        file.content(),
        AbsoluteUnixPath.get(place),
        file.executable() ? EXECUTABLE : FILE,
        release.time());
  }

  private FileEntriesLayer system(Path image, Path work) throws IOException {
    FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("system");
    for (Path file : SystemFiles.neededBy(image, work)) {
      layer.addEntry(
          file.toRealPath(),
          AbsoluteUnixPath.fromPath(file),
          Files.isExecutable(file) ? EXECUTABLE : FILE,
          release.time());
    }
    Path written = Files.createDirectories(work.resolve("system"));
    for (PackagedFile file : SystemFiles.configuration(written)) {
      add(layer, "/" + file.place(), file);
    }
    for (String folder : List.of("/tmp", "/work")) {
      layer.addEntry(written, AbsoluteUnixPath.get(folder), FOR_ALL, release.time());
    }
    return layer.build();
  }
}
