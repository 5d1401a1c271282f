package io.gtrace.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What programs and libraries of machine code need of the system that they run on. */
final class NativeBinary {
  private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};
  private static final Pattern C_LIBRARY_VERSION = Pattern.compile("GLIBC_2\\.(\\d+)");

  /** As {@code ldd} lists them: {@code libm.so.6 => /lib/libm.so.6 (0x...)}, or a path alone. */
  private static final Pattern LIBRARY =
      Pattern.compile("\\s*(?:\\S+ => )?(/\\S+) \\(0x[0-9a-f]+\\)");

  /** The packages of Debian and Ubuntu that hold the libraries beside the C library itself. */
  private static final Map<String, String> PACKAGES =
      new TreeMap<>(
          Map.of(
              "libgcc_s.so.1", "libgcc-s1",
              "libstdc++.so.6", "libstdc++6",
              "libz.so.1", "zlib1g"));

  private NativeBinary() {}

  /** Whether a file is one. */
  static boolean is(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(ELF.length), ELF);
    }
  }

  /**
   * The packages that hold the libraries that these binaries name: the C library in the version
   * whose newest symbol they use.
   */
  static List<String> debianPackages(Collection<Path> binaries) throws IOException {
    int version = 0;
    NavigableSet<String> packages = new TreeSet<>();
    for (Path binary : binaries) {
      String text = Files.readString(binary, StandardCharsets.ISO_8859_1);
      Matcher symbols = C_LIBRARY_VERSION.matcher(text);
      while (symbols.find()) {
        version = Math.max(version, Integer.parseInt(symbols.group(1)));
      }
      PACKAGES.forEach((library, name) -> {
        if (text.contains("\0" + library + "\0")) {
          packages.add(name);
        }
      });
    }
    packages.add("libc6 (>= 2." + version + ")");
    return List.copyOf(packages);
  }

  /**
   * The files of this system, absolute, that the binaries are linked with, loader included.
   *
   * @throws IOException if there is no {@code ldd}
   */
  static NavigableSet<Path> libraries(Collection<Path> binaries) throws IOException {
    NavigableSet<Path> libraries = new TreeSet<>();
    for (Path binary : binaries) {
      String listed = Tool.output("ldd", binary.toString());
      listed
          .lines()
          .map(LIBRARY::matcher)
          .filter(Matcher::matches)
          .map(matcher -> Path.of(matcher.group(1)))
          .forEach(libraries::add);
    }
    return libraries;
  }
}
