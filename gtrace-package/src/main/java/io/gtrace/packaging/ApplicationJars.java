package io.gtrace.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * The jars of an image: those of the application without machine code for other platforms, and
 * without what only builds read.
 */
final class ApplicationJars {
  private static final Pattern NATIVE = Pattern.compile(".*\\.(so|dll|dylib|jnilib)(_\\w+)?");

  /** DuckDB looks for its library beside its jar, which saves unpacking it at every start. */
  private static final String BESIDE_ITS_JAR = "libduckdb_java.so_linux_amd64";

  /** What compilers, builds and makers of native programs read, and nothing that runs here. */
  private static final Pattern OF_BUILDS =
      Pattern.compile("META-INF/(maven|native-image)/.*|.*\\.proto");

  /**
   * Messages of Google's services: of all that the jar holds, programs that speak gRPC need those
   * of {@code com.google.rpc}.
   */
  private static final String GOOGLE_MESSAGES = "proto-google-common-protos-";

  private static final Pattern GOOGLE_SERVICES = Pattern.compile("com/google/(?!rpc/)[^/]+/.*");

  private final Sources sources;

  ApplicationJars(Sources sources) {
    this.sources = sources;
  }

  /**
   * Copies them.
   *
   * @return the jars in the order in which they are looked into
   */
  List<Path> copy(Path lib) throws IOException {
    Files.createDirectories(lib);
    List<Path> jars = new ArrayList<>();
    for (Path jar : jarsOf(sources.jars())) {
      Path copy = lib.resolve(jar.getFileName().toString());
      if (copy.getFileName().toString().startsWith("picocli-")) {
        Tool.output(
            Tool.java(), sources.raiseClassFiles().toString(), jar.toString(), copy.toString());
      } else {
        copyForThisPlatform(jar, copy, lib);
      }
      jars.add(copy);
    }
    return jars;
  }

  /** What is asked for first comes first: every jar before it would be opened to look for it. */
  private static List<Path> jarsOf(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .sorted(Comparator.comparingInt(ApplicationJars::rank).thenComparing(Path::getFileName))
          .toList();
    }
  }

  private static int rank(Path jar) {
    String name = jar.getFileName().toString();
    return name.startsWith("picocli-") ? 0 : name.startsWith("gtrace-") ? 1 : 2;
  }

  private static void copyForThisPlatform(Path jar, Path copy, Path lib) throws IOException {
    try (ZipFile from = ZipFile.builder().setPath(jar).get()) {
      String jarName = jar.getFileName().toString();
      Predicate<String> isLeftOut =
          name -> isForeign(name) || isNeedless(jarName, name) || name.equals(BESIDE_ITS_JAR);
      List<ZipArchiveEntry> entries = Collections.list(from.getEntries());
      if (entries.stream().noneMatch(entry -> isLeftOut.test(entry.getName()))) {
        Files.copy(jar, copy);
        return;
      }
      try (ZipArchiveOutputStream to = new ZipArchiveOutputStream(copy)) {
        from.copyRawEntries(to, entry -> !isLeftOut.test(entry.getName()));
      }
      ZipArchiveEntry beside = from.getEntry(BESIDE_ITS_JAR);
      if (beside != null) {
        try (InputStream library = from.getInputStream(beside)) {
          Files.copy(library, lib.resolve(BESIDE_ITS_JAR));
        }
      }
    }
  }

  /** Whether an entry is machine code that does not run here. */
  static boolean isForeign(String entry) {
    String name = entry.toLowerCase(Locale.ROOT);
    boolean processor = name.contains("x86_64") || name.contains("amd64");
    // epoll is of Linux alone, and its library does not say so.
    boolean system = name.contains("linux") || name.contains("epoll");
    return NATIVE.matcher(name).matches() && !(processor && system);
  }

  /** Whether nothing that runs reads an entry of a jar of this name. */
  static boolean isNeedless(String jar, String entry) {
    return OF_BUILDS.matcher(entry).matches()
        || (jar.startsWith(GOOGLE_MESSAGES) && GOOGLE_SERVICES.matcher(entry).matches());
  }

  /** The machine code that is left in a jar, unpacked into a folder. */
  static List<Path> unpackNative(Path jar, Path folder) throws IOException {
    List<Path> unpacked = new ArrayList<>();
    try (ZipFile zip = ZipFile.builder().setPath(jar).get()) {
      for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
        if (NATIVE.matcher(entry.getName()).matches()) {
          Path file = folder.resolve(entry.getName().replace('/', '_'));
          try (InputStream in = zip.getInputStream(entry)) {
            Files.copy(in, file);
          }
          unpacked.add(file);
        }
      }
    }
    return unpacked;
  }
}
