package io.gtrace.ledger;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The usage that somebody names: files, folders with all usage files in them, patterns such as
 * {@code logs/*.jsonl.gz}, and {@code -} for standard input.
 */
public final class UsageFiles {
  private static final String STANDARD_INPUT = "-";
  private static final Pattern USAGE_NAME =
      Pattern.compile("(?i).+\\.(csv|tsv|json|jsonl|ndjson|parquet)(\\.(gz|zst))?");
  private static final String OUR_QUARANTINE = "quarantine-";
  private static final Pattern PATTERN_SIGNS = Pattern.compile("[*?\\[{]");

  private final List<Path> named;
  private final List<Found> found;
  private final InputStream standardInput;
  private final InputFormat format;
  private final UsageDefaults defaults;
  private final Optional<UsageFeed> feed;

  /**
   * @param named whether it was named itself, and not found in a folder
   */
  private record Found(Path path, boolean named) {
    boolean isStandardInput() {
      return path.toString().equals(STANDARD_INPUT);
    }
  }

  private UsageFiles(
      List<Path> named,
      List<Found> found,
      InputStream standardInput,
      InputFormat format,
      UsageDefaults defaults,
      Optional<UsageFeed> feed) {
    this.named = List.copyOf(named);
    this.found = List.copyOf(found);
    this.standardInput = standardInput;
    this.format = format;
    this.defaults = defaults;
    this.feed = feed;
  }

  /**
   * Usage that lies in no file.
   *
   * @param defaults hold for records that do not say otherwise
   */
  public static UsageFiles of(UsageFeed feed, UsageDefaults defaults) {
    return new UsageFiles(
        List.of(Path.of(feed.name())),
        List.of(),
        InputStream.nullInputStream(),
        feed.format(),
        defaults,
        Optional.of(feed));
  }

  /**
   * Finds what is named. A folder gives all files in it and in folders below that end like usage
   * and are not empty, in order of their paths.
   *
   * @param named at least one
   * @param standardInput what {@code -} stands for; read at most once, never closed
   * @param format as what all are read
   * @param defaults hold for rows that do not say otherwise
   * @throws UsageException if a folder or pattern gives no file, or standard input is named twice
   */
  public static UsageFiles of(
      List<Path> named, InputStream standardInput, InputFormat format, UsageDefaults defaults) {
    List<Found> found = new ArrayList<>();
    for (Path each : named) {
      if (each.toString().equals(STANDARD_INPUT)) {
        if (found.stream().anyMatch(Found::isStandardInput)) {
          throw new UsageException("standard input (-) can be read only once");
        }
        found.add(new Found(each, true));
      } else if (Files.isDirectory(each)) {
        inFolder(each).forEach(path -> found.add(new Found(path, false)));
      } else if (!Files.exists(each) && isPattern(each)) {
        matching(each).forEach(path -> found.add(new Found(path, true)));
      } else {
        found.add(new Found(each, true));
      }
    }
    return new UsageFiles(named, found, standardInput, format, defaults, Optional.empty());
  }

  /** Files as they are, read as what each looks like. */
  static UsageFiles of(List<Path> files, UsageDefaults defaults) {
    return new UsageFiles(
        files,
        files.stream().map(file -> new Found(file, true)).toList(),
        InputStream.nullInputStream(),
        InputFormat.detected(),
        defaults,
        Optional.empty());
  }

  private static boolean isPattern(Path path) {
    return PATTERN_SIGNS.matcher(path.toString()).find();
  }

  private static List<Path> inFolder(Path folder) {
    List<Path> files =
        walk(
            folder,
            path ->
                USAGE_NAME.matcher(nameOf(path)).matches()
                    && !nameOf(path).startsWith(".")
                    && !nameOf(path).startsWith(OUR_QUARANTINE));
    if (files.isEmpty()) {
      throw new UsageException(
          folder
              + ": there is no usage file in this folder: none ends in .csv, .tsv, .json, .jsonl,"
              + " .ndjson or .parquet (text also packed, .gz or .zst)");
    }
    return files;
  }

  private static List<Path> matching(Path pattern) {
    Path base = pattern.isAbsolute() ? pattern.getRoot() : Path.of("");
    for (Path part : pattern) {
      if (isPattern(part)) {
        break;
      }
      base = base.resolve(part);
    }
    PathMatcher matcher;
    try {
      matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    } catch (IllegalArgumentException broken) {
      throw new UsageException(pattern + ": there is no such file", broken);
    }
    List<Path> files =
        Files.isDirectory(base) || base.toString().isEmpty()
            ? walk(base, matcher::matches)
            : List.of();
    if (files.isEmpty()) {
      throw new UsageException(pattern + ": there is no file that matches");
    }
    return files;
  }

  private static List<Path> walk(Path folder, Predicate<Path> wanted) {
    try (Stream<Path> paths = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return paths
          .filter(path -> wanted.test(path) && Files.isRegularFile(path) && !isEmpty(path))
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException unreadable) {
      throw new UsageException(
          folder + ": cannot be looked through: " + unreadable.getMessage(), unreadable);
    }
  }

  private static boolean isEmpty(Path path) {
    try {
      return Files.size(path) == 0;
    } catch (IOException unreadable) {
      // Told when it is read.
      return false;
    }
  }

  private static String nameOf(Path path) {
    return String.valueOf(path.getFileName());
  }

  /** All files, in order; standard input is none. */
  public List<Path> paths() {
    return found.stream().filter(each -> !each.isStandardInput()).map(Found::path).toList();
  }

  /** What they are called together, for people. */
  public String title() {
    String first = titleOf(named.get(0));
    return named.size() == 1 ? first : first + " and " + (named.size() - 1) + " more";
  }

  private static String titleOf(Path path) {
    return path.toString().equals(STANDARD_INPUT) ? "standard input" : nameOf(path);
  }

  /** The quarantine file where nobody names one: in the working directory, after the first. */
  public Path quarantine() {
    Path first = named.get(0);
    String name =
        first.toString().equals(STANDARD_INPUT)
            ? "stdin"
            : nameOf(first).toLowerCase(Locale.ROOT).matches("[.]*")
                ? nameOf(first.toAbsolutePath().normalize())
                : nameOf(first).replaceAll("[*?\\[\\]{}]+", "_");
    return Path.of(OUR_QUARANTINE + name + ".jsonl");
  }

  /** Opens none of them yet. */
  List<UsageSource> sources() {
    return feed.map(each -> List.of(UsageSource.feed(each, defaults))).orElseGet(this::found);
  }

  /** Once all was read: how far that was, by name; nothing for files. */
  Map<String, String> marks() {
    Map<String, String> marks = new HashMap<>();
    feed.ifPresent(each -> each.mark().ifPresent(mark -> marks.put(each.name(), mark)));
    return marks;
  }

  private List<UsageSource> found() {
    return found.stream()
        .map(each ->
            each.isStandardInput()
                ? UsageSource.standardInput(this::unclosed, format, defaults)
                : UsageSource.file(each.path(), each.named(), format, defaults))
        .toList();
  }

  /** Standard input is not ours to close. */
  private InputStream unclosed() {
    return new FilterInputStream(standardInput) {
      @Override
      public void close() {}
    };
  }
}
