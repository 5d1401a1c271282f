package io.gtrace.packaging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;

/**
 * A Debian package, as deb(5) describes it: an ar archive of a version, of what the package says of
 * itself, and of its files.
 */
final class DebianPackage {
  private static final String HOME = "usr/lib/gtrace/";
  private static final int BYTES_PER_KIB = 1024;

  private final Release release;

  DebianPackage(Release release) {
    this.release = release;
  }

  /** The name of its file. */
  String fileName() {
    return "gtrace_" + version() + "_amd64.deb";
  }

  /** A tilde sorts before the end, so the release replaces what came before it. */
  private String version() {
    return release.version().replace("-SNAPSHOT", "~SNAPSHOT");
  }

  /** Writes the package of an image to a file. */
  void write(Path deb, Path image, Path work) throws IOException {
    List<PackagedFile> files = installed(PackagedFile.in(image));
    Path data = work.resolve("data.tar.gz");
    TarArchive.write(data, "./", files, release.time());
    try (OutputStream out = Files.newOutputStream(deb);
        ArArchiveOutputStream ar = new ArArchiveOutputStream(out)) {
      add(ar, "debian-binary", "2.0\n".getBytes(StandardCharsets.US_ASCII));
      add(ar, "control.tar.gz", control(files, work));
      ar.putArchiveEntry(entry("data.tar.gz", Files.size(data)));
      Files.copy(data, ar);
      ar.closeArchiveEntry();
    }
    Files.delete(data);
  }

  /** Where Debian expects what an image holds. */
  private static List<PackagedFile> installed(List<PackagedFile> image) {
    List<PackagedFile> files = new ArrayList<>();
    for (PackagedFile file : image) {
      files.add(file.at(place(file.place())));
    }
    files.add(PackagedFile.link("usr/bin/gtrace", "../lib/gtrace/bin/gtrace"));
    return PackagedFile.sorted(files);
  }

  private static String place(String inImage) {
    return switch (inImage) {
      case "LICENSE" -> "usr/share/doc/gtrace/copyright";
      case "THIRD-PARTY-NOTICES.txt" -> "usr/share/doc/gtrace/THIRD-PARTY-NOTICES.txt";
      default ->
          inImage.startsWith("share/")
              ? "usr/" + inImage.replace("zsh/site-functions", "zsh/vendor-completions")
              : HOME + inImage;
    };
  }

  private byte[] control(List<PackagedFile> files, Path work) throws IOException {
    long bytes = 0;
    StringBuilder sums = new StringBuilder();
    for (PackagedFile file : files) {
      bytes += file.bytes();
      if (file.link().isEmpty()) {
        sums.append(md5(file.content())).append("  ").append(file.place()).append('\n');
      }
    }
    List<Path> binaries = new ArrayList<>();
    for (PackagedFile file : files) {
      if (file.link().isEmpty() && NativeBinary.is(file.content())) {
        binaries.add(file.content());
      }
    }
    String control =
        """
        Package: gtrace
        Version: %s
        Architecture: amd64
        Maintainer: G-TRACE maintainers <maintainers@gtrace.invalid>
        Installed-Size: %d
        Depends: %s
        Section: utils
        Priority: optional
        Description: carbon ledger for generative AI
         What the use of text, image, video, audio and embedding models costs the
         climate: energy, CO2e and water, each with an interval and its sources.
         Brings its own Java runtime.
        """
            .formatted(
                version(),
                (bytes + BYTES_PER_KIB - 1) / BYTES_PER_KIB,
                String.join(", ", NativeBinary.debianPackages(binaries)));
    Path folder = Files.createDirectories(work.resolve("control"));
    Files.writeString(folder.resolve("control"), control);
    Files.writeString(folder.resolve("md5sums"), sums);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    TarArchive.write(packed, "./", PackagedFile.in(folder), release.time());
    return packed.toByteArray();
  }

  private static String md5(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("MD5").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has MD5", e);
    }
  }

  private void add(ArArchiveOutputStream ar, String name, byte[] content) throws IOException {
    ar.putArchiveEntry(entry(name, content.length));
    ar.write(content);
    ar.closeArchiveEntry();
  }

  private ArArchiveEntry entry(String name, long bytes) {
    return new ArArchiveEntry(name, bytes, 0, 0, 0100644, release.time().getEpochSecond());
  }
}
