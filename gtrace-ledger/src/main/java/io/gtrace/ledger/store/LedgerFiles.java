package io.gtrace.ledger.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Where the parts of a ledger lie in its folder, and how its small files are read and written. */
final class LedgerFiles {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  private static final int DIGITS_OF_SEAL = 32;
  private static final String UNFINISHED = ".new";

  private final Path folder;

  LedgerFiles(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  Path folder() {
    return folder;
  }

  Path about() {
    return folder.resolve("ledger.json");
  }

  /** Where what makes the folder a ledger is while one of several writers writes it. */
  Path unfinishedAbout(String writer) {
    return unfinished(about().resolveSibling(about().getFileName() + "." + writer));
  }

  boolean isUnfinishedAbout(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.startsWith(about().getFileName() + ".") && name.endsWith(UNFINISHED);
  }

  Path head() {
    return folder.resolve("HEAD");
  }

  Path lock() {
    return folder.resolve("lock");
  }

  Path userKey() {
    return folder.resolve("user.key");
  }

  Path work() {
    return folder.resolve("work");
  }

  /** Where files are kept that lay among those of the ledger and are not its own. */
  Path aside() {
    return folder.resolve("aside");
  }

  Path cache() {
    return folder.resolve("cache");
  }

  /** What follows from the batches up to one, by number and seal of that. */
  Path cached(String what, int batch, String seal) {
    return cached(what, batch, seal, "parquet");
  }

  private Path cached(String what, int batch, String seal, String ending) {
    String digest = seal.substring(seal.indexOf(':') + 1);
    String start = digest.substring(0, Math.min(DIGITS_OF_SEAL, digest.length()));
    return cache().resolve(String.format("%s-%06d-%s.%s", what, batch, start, ending));
  }

  /** The batch that something was kept for; empty if a file is not of that kind. */
  static Optional<Integer> batchOfCached(String what, Path file) {
    Matcher name =
        Pattern.compile(what + "-([0-9]{6,9})-.*").matcher(file.getFileName().toString());
    return name.matches() ? Optional.of(Integer.valueOf(name.group(1))) : Optional.empty();
  }

  Path seals() {
    return folder.resolve("seals");
  }

  Path seal(int number) {
    return seals().resolve(String.format("%06d.json", number));
  }

  /** Where the seals of some batches lie together. */
  Path sealArchive(int first, int last) {
    return seals().resolve(String.format("%06d-%06d.json.gz", first, last));
  }

  /** Where what follows from the seals up to a batch is kept, by number and seal of that. */
  Path checkpoint(Head head) {
    return cached("chain", head.batch(), head.seal(), "json");
  }

  /** The path of a file as seals write it. */
  String name(Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  /**
   * The file that a seal names.
   *
   * @throws LedgerException if the name leads out of the ledger
   */
  Path named(String name) {
    try {
      Path inside = Path.of(name);
      boolean isPlain = inside.equals(inside.normalize()) && !inside.startsWith("..");
      if (isPlain && !name.isEmpty() && !inside.isAbsolute()) {
        return folder.resolve(inside);
      }
    } catch (InvalidPathException noPath) {
      throw new LedgerException("the ledger is damaged: a seal names no file: " + name, noPath);
    }
    throw new LedgerException("the ledger is damaged: a seal names a file outside: " + name);
  }

  static byte[] json(Object value) {
    return JSON.writeValueAsBytes(value);
  }

  static <T> T read(Path file, byte[] json, Class<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JacksonException damaged) {
      throw new LedgerException(
          "the ledger is damaged: " + file + " is not what it should be", damaged);
    }
  }

  /** What makes a folder a ledger; one of before ids of events took its secret does not say so. */
  static <T> T readAbout(Path file, byte[] json, Class<T> type) {
    ObjectNode stated = read(file, json, ObjectNode.class);
    stated.putIfAbsent("eventIds", stated.stringNode(EventIds.PLAIN.label()));
    return read(file, JSON.writeValueAsBytes(stated), type);
  }

  /** A seal; one of before something was stated states none of it. */
  static Seal readSeal(Path file, byte[] json) {
    ObjectNode stated = read(file, json, ObjectNode.class);
    stated.putIfAbsent("userKey", stated.stringNode(""));
    stated.putIfAbsent("marks", stated.objectNode());
    stated.putIfAbsent("firstMerged", stated.numberNode(0));
    stated.putIfAbsent("lastMerged", stated.numberNode(0));
    return read(file, JSON.writeValueAsBytes(stated), Seal.class);
  }

  /** Where the content of a file is until it is there whole. */
  static Path unfinished(Path file) {
    return file.resolveSibling(file.getFileName() + UNFINISHED);
  }

  /** Writes a file so that it is there whole, also after a power cut, or not at all. */
  static void write(Path file, byte[] content) throws IOException {
    write(file, unfinished(file), content);
  }

  /**
   * Writes a file so that it is there whole or not at all.
   *
   * @param unfinished where its content is until then
   */
  static void write(Path file, Path unfinished, byte[] content) throws IOException {
    Files.createDirectories(parent(file));
    try (FileChannel out =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      java.nio.ByteBuffer bytes = java.nio.ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    force(parent(file));
  }

  /** Makes a folder, and those that it lies in, so that their names last through a power cut. */
  static void createFolder(Path folder) throws IOException {
    Path whole = folder.toAbsolutePath();
    Deque<Path> missing = new ArrayDeque<>();
    for (Path each = whole; each != null && !Files.exists(each); each = each.getParent()) {
      missing.push(each);
    }
    Files.createDirectories(whole);
    for (Path made : missing) {
      force(parent(made));
    }
  }

  /** Makes a file or the names in a folder last through a power cut. */
  static void force(Path path) throws IOException {
    if (Files.isDirectory(path) && path.getFileSystem().getSeparator().equals("\\")) {
      return; // Windows cannot open folders, and keeps names by itself.
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  static Path parent(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IllegalArgumentException(file + " has no folder");
    }
    return parent;
  }
}
