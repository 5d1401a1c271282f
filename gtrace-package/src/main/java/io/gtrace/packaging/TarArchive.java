package io.gtrace.packaging;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * Compressed tar archives that are the same bytes for the same files: all of one time and of root,
 * in the order that they are given in.
 */
final class TarArchive {
  private static final int FOLDER = 0755;
  private static final int EXECUTABLE = 0755;
  private static final int FILE = 0644;

  private TarArchive() {}

  /**
   * Writes an archive of files and the folders that they are in.
   *
   * @param prefix what stands before each place, such as {@code ./}
   */
  static void write(Path archive, String prefix, List<PackagedFile> files, Instant time)
      throws IOException {
    try (OutputStream out = Files.newOutputStream(archive)) {
      write(out, prefix, files, time);
    }
  }

  /** Writes it to a stream, which stays open. */
  static void write(OutputStream out, String prefix, List<PackagedFile> files, Instant time)
      throws IOException {
    GzipParameters parameters = new GzipParameters();
    parameters.setCompressionLevel(Deflater.BEST_COMPRESSION);
    GzipCompressorOutputStream packed = new GzipCompressorOutputStream(out, parameters);
    TarArchiveOutputStream tar = new TarArchiveOutputStream(packed, StandardCharsets.UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
    for (String folder : folders(prefix, files)) {
      put(tar, new TarArchiveEntry(folder), FOLDER, time);
      tar.closeArchiveEntry();
    }
    for (PackagedFile file : files) {
      add(tar, prefix + file.place(), file, time);
    }
    tar.finish();
    packed.finish();
    packed.flush();
  }

  private static Set<String> folders(String prefix, List<PackagedFile> files) {
    Set<String> folders = new TreeSet<>();
    for (PackagedFile file : files) {
      String place = prefix + file.place();
      for (int slash = place.indexOf('/'); slash >= 0; slash = place.indexOf('/', slash + 1)) {
        folders.add(place.substring(0, slash + 1));
      }
    }
    return folders;
  }

  private static void add(TarArchiveOutputStream tar, String name, PackagedFile file, Instant time)
      throws IOException {
    if (file.link().isPresent()) {
      TarArchiveEntry link = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
      link.setLinkName(file.link().get());
      put(tar, link, 0777, time);
    } else {
      TarArchiveEntry entry = new TarArchiveEntry(name);
      entry.setSize(file.bytes());
      put(tar, entry, file.executable() ? EXECUTABLE : FILE, time);
      Files.copy(file.content(), tar);
    }
    tar.closeArchiveEntry();
  }

  private static void put(TarArchiveOutputStream tar, TarArchiveEntry entry, int mode, Instant time)
      throws IOException {
    entry.setMode(mode);
    entry.setModTime(FileTime.from(time));
    entry.setIds(0, 0);
    entry.setNames("root", "root");
    tar.putArchiveEntry(entry);
  }
}
