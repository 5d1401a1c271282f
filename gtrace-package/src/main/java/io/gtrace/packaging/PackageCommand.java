package io.gtrace.packaging;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "gtrace package",
    mixinStandardHelpOptions = true,
    description = {
      "Make what people install, for Linux on x86-64, without Java: a folder and a tar.gz of it, a"
          + " Debian package and a container image.",
      "The same sources give the same bytes, but for the cache of loaded classes (lib/gtrace.aot)."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "2:wrong usage",
      "70:a fault of its own",
      "74:something cannot be read, written or started"
    },
    footer = {"", "Example: gtrace package --only deb"})
final class PackageCommand implements Callable<Integer> {
  private static final double BYTES_PER_MB = 1e6;

  /** What can be made. */
  enum Kind {
    /** A tar.gz of the folder. */
    IMAGE,
    /** A Debian package. */
    DEB,
    /** A container image, as an OCI layout in a tar. */
    OCI
  }

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--sources", hidden = true, required = true)
  private Path root = Path.of(".");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where to (default: target/packages in the checkout).")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--only",
      paramLabel = "KIND",
      split = ",",
      description = "image, deb or oci; several with commas between (default: all).")
  private Set<Kind> only = EnumSet.allOf(Kind.class);

  @Option(
      names = "--base",
      paramLabel = "IMAGE",
      description =
          "The container image to build on, with a GNU C library and /bin/sh, such as"
              + " debian:12-slim; it is fetched. Default: none; the C library and the shell of this"
              + " machine are taken.")
  private Optional<String> base = Optional.empty();

  @Override
  public Integer call() throws IOException {
    requireThisPlatform();
    Release release = Release.built();
    Path folder = out.orElseGet(() -> root.resolve("target/packages")).toAbsolutePath().normalize();
    Files.createDirectories(folder);
    Path image = folder.resolve(release.imageName());
    say("linking a Java runtime");
    new ImageFolder(new Sources(root), release).make(image);
    tell(image, bytesIn(image));
    Path work = Files.createTempDirectory("gtrace-package");
    try {
      for (Kind kind : Kind.values()) {
        if (only.contains(kind)) {
          say("packing: " + kind.name().toLowerCase(Locale.ROOT));
          Path made = make(kind, folder, image, release, work);
          tell(made, Files.size(made));
        }
      }
    } finally {
      ImageFolder.deleteWithin(work);
    }
    return 0;
  }

  private Path make(Kind kind, Path folder, Path image, Release release, Path work)
      throws IOException {
    return switch (kind) {
      case IMAGE -> {
        Path archive = folder.resolve(release.imageName() + ".tar.gz");
        TarArchive.write(
            archive, release.imageName() + "/", PackagedFile.in(image), release.time());
        yield archive;
      }
      case DEB -> {
        DebianPackage debian = new DebianPackage(release);
        Path deb = folder.resolve(debian.fileName());
        debian.write(deb, image, work);
        yield deb;
      }
      case OCI -> {
        OciImage container = new OciImage(release, base);
        Path tar = folder.resolve(container.fileName());
        container.write(tar, image, work);
        yield tar;
      }
    };
  }

  private static void requireThisPlatform() {
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    if (!system.equals("Linux amd64")) {
      throw new IllegalArgumentException(
          "packages are made on Linux on x86-64, and this is " + system);
    }
  }

  private static long bytesIn(Path image) throws IOException {
    long bytes = 0;
    for (PackagedFile file : PackagedFile.in(image)) {
      bytes += file.bytes();
    }
    return bytes;
  }

  private void say(String step) {
    writer(false).println("gtrace package: " + step);
  }

  private void tell(Path made, long bytes) {
    writer(true).printf(Locale.ROOT, "%7.1f MB  %s%n", bytes / BYTES_PER_MB, made);
  }

  private PrintWriter writer(boolean results) {
    if (spec == null) {
      throw new IllegalStateException("the command was not started by its parser");
    }
    return results ? spec.commandLine().getOut() : spec.commandLine().getErr();
  }
}
