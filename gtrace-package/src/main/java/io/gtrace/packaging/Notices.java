package io.gtrace.packaging;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/** Names the licences of the libraries that an image holds, with their texts and notices. */
final class Notices {
  private static final Pattern TEXT =
      Pattern.compile(
          "(META-INF/)?(license/)?(LICEN[CS]E|NOTICE|COPYING)[^/]*", Pattern.CASE_INSENSITIVE);
  private static final Pattern BETWEEN = Pattern.compile("; ");
  private static final String RULE = "=".repeat(78) + "\n";
  private static final Map<String, String> COMMON_TEXTS =
      Map.of(
          "MIT", "licences/MIT.txt",
          "BSD-2-Clause", "licences/BSD-2-Clause.txt",
          "BSD-3-Clause", "licences/BSD-3-Clause.txt");

  /**
   * A library, or several of one project.
   *
   * @param name how the names of its jars begin
   * @param licences as SPDX names them
   * @param copyright whose it is, where its jars do not tell
   */
  private record Library(String name, List<String> licences, String copyright) {
    boolean owns(String jar) {
      return jar.startsWith(name + "-");
    }
  }

  private Notices() {}

  /**
   * The whole text.
   *
   * @throws IOException if a jar is not known, or if neither it nor what is known of it tells whose
   *     it is
   */
  static String of(List<Path> jars) throws IOException {
    List<Library> known = libraries();
    StringBuilder list = new StringBuilder();
    Map<String, Set<String>> texts = new LinkedHashMap<>();
    for (Path jar : jars.stream().sorted().toList()) {
      String name = jar.getFileName().toString().replaceFirst("\\.jar$", "");
      if (name.startsWith("gtrace-")) {
        continue;
      }
      Library library =
          known.stream()
              .filter(each -> each.owns(name))
              .max(Comparator.comparingInt(each -> each.name().length()))
              .orElseThrow(() ->
                  new IOException("libraries.csv does not say what licence " + name + " has"));
      list.append("  ").append(name).append(": ");
      list.append(String.join(", ", library.licences())).append('\n');
      for (String text : texts(jar, library)) {
        texts.computeIfAbsent(text, none -> new TreeSet<>()).add(name);
      }
    }
    StringBuilder all = new StringBuilder("G-TRACE comes with these libraries:\n\n");
    all.append(list).append("\nApache-2.0 is the licence of G-TRACE too: LICENSE has its text.\n");
    all.append("The Java runtime and its licences are in runtime/legal.\n\n");
    texts.forEach((text, names) -> {
      all.append(RULE).append("Of ").append(String.join(", ", names)).append(":\n\n");
      all.append(text).append("\n\n");
    });
    return all.toString();
  }

  private static List<Library> libraries() throws IOException {
    try (Reader reader = new InputStreamReader(resource("libraries.csv"), StandardCharsets.UTF_8);
        CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(reader)) {
      return rows.stream()
          .map(row ->
              new Library(
                  row.getField("library"),
                  BETWEEN.splitAsStream(row.getField("licences")).toList(),
                  row.getField("copyright")))
          .toList();
    }
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(Notices.class.getResourceAsStream(name), name);
  }

  /** The licences and notices of a jar: those that are in it, or else common texts. */
  private static Set<String> texts(Path jar, Library library) throws IOException {
    Set<String> texts = new TreeSet<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : Collections.list(file.entries())) {
        if (!entry.isDirectory() && TEXT.matcher(entry.getName()).matches()) {
          byte[] bytes = file.getInputStream(entry).readAllBytes();
          texts.add(new String(bytes, StandardCharsets.UTF_8).replace("\r\n", "\n").strip());
        }
      }
    }
    if (!texts.isEmpty()) {
      return texts;
    }
    for (String licence : library.licences()) {
      String text = COMMON_TEXTS.get(licence);
      if (text != null) {
        if (library.copyright().isEmpty()) {
          throw new IOException("libraries.csv does not say whose " + library.name() + " is");
        }
        try (InputStream in = resource(text)) {
          String terms = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
          texts.add(library.copyright().replace("; ", "\n") + "\n\n" + terms);
        }
      }
    }
    return texts;
  }
}
