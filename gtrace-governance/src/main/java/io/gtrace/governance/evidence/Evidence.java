package io.gtrace.governance.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All evidence of an organisation.
 *
 * @param folder it lies in
 * @param tables by their kinds' ids
 * @param strangers files that are no evidence of any kind, with what to do about them
 */
public record Evidence(Path folder, Map<String, EvidenceTable> tables, List<String> strangers) {
  private static final List<String> ENDINGS = List.of(".csv", ".yaml", ".yml", ".json");

  public Evidence {
    tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    strangers = List.copyOf(strangers);
  }

  /** None. */
  public static Evidence none(Path folder) {
    return new Evidence(folder, Map.of(), List.of());
  }

  /**
   * Reads a folder of tables, each named as its kind: {@code meters.csv}. A table that cannot be
   * read at all has a fault and no rows.
   */
  public static Evidence read(Path folder, EvidenceKinds kinds) {
    if (!Files.isDirectory(folder)) {
      return new Evidence(
          folder, Map.of(), List.of(folder + ": there is no such folder, and so no evidence"));
    }
    Map<String, EvidenceTable> tables = new LinkedHashMap<>();
    List<String> strangers = new ArrayList<>();
    for (Path file : files(folder)) {
      String name = String.valueOf(file.getFileName());
      int dot = name.lastIndexOf('.');
      String id = dot < 0 ? name : name.substring(0, dot);
      Optional<EvidenceKind> kind = kinds.named(id);
      if (ENDINGS.stream().noneMatch(name::endsWith)) {
        if (kinds.named(id.toLowerCase(Locale.ROOT)).isPresent()) {
          strangers.add(
              file + ": not read; its ending must be one of " + String.join(", ", ENDINGS));
        }
      } else if (kind.isEmpty()) {
        strangers.add(file + ": is no kind of evidence; there are " + kinds.names());
      } else if (tables.containsKey(id)) {
        strangers.add(file + ": not read, since there is " + tables.get(id).file() + " already");
      } else {
        tables.put(id, EvidenceReader.read(kind.get(), file));
      }
    }
    return new Evidence(folder, tables, strangers);
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The table of a kind; empty if there is none. */
  public Optional<EvidenceTable> table(String kind) {
    return Optional.ofNullable(tables.get(kind));
  }

  /** Everything that is wrong, in the order of kinds. */
  public List<Fault> faults() {
    return tables.values().stream().flatMap(table -> table.faults().stream()).toList();
  }
}
