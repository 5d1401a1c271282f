package io.gtrace.server.token;

import io.gtrace.ledger.store.LedgerException;
import io.gtrace.server.access.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tokens of a server: a file beside the ledger that only its owner may read, though there is no
 * secret in it. It is there whole or not at all; of two who change it at once, one waits.
 */
public final class TokenFile {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LAYOUT = 1;
  private static final int SECRET_BYTES = 32;
  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

  private final Path path;

  private TokenFile(Path path) {
    this.path = path;
  }

  /** The tokens of the server that keeps a ledger. */
  public static TokenFile of(Path ledger) {
    return new TokenFile(ledger.resolve("server").resolve("tokens.json"));
  }

  /**
   * A token that was just made.
   *
   * @param secret the token itself, which is kept nowhere
   */
  public record Issued(ApiToken token, String secret) {}

  /** Tells one content of the file from the next: each is a file of its own. */
  record Version(Optional<Object> key, FileTime modified, long bytes) {}

  private record Stored(int layout, List<Entry> tokens) {}

  private record Entry(
      String id,
      String name,
      String organisation,
      Optional<String> team,
      List<String> scopes,
      Instant created,
      Optional<Instant> expires,
      String sha256) {
    static Entry of(ApiToken token) {
      ApiToken.Grant grant = token.grant();
      return new Entry(
          token.id(),
          grant.name(),
          grant.organisation(),
          grant.team(),
          grant.scopes().stream().map(Scope::label).sorted().toList(),
          token.created(),
          grant.expires(),
          token.sha256());
    }

    ApiToken token() {
      Set<Scope> allowed = EnumSet.noneOf(Scope.class);
      for (String label : scopes) {
        allowed.add(
            Scope.named(label)
                .orElseThrow(() -> new IllegalArgumentException("scope '" + label + "'")));
      }
      return new ApiToken(
          id, new ApiToken.Grant(name, organisation, team, allowed, expires), created, sha256);
    }
  }

  public Path path() {
    return path;
  }

  /**
   * Makes a token.
   *
   * @throws IllegalArgumentException if another token has the name
   * @throws LedgerException if the file is damaged, or another process does not stop changing it
   */
  public Issued create(ApiToken.Grant grant, SecureRandom random, Instant now) {
    byte[] id = new byte[ApiToken.ID_CHARS / 2];
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(id);
    random.nextBytes(secret);
    String idText = HexFormat.of().formatHex(id);
    String text =
        ApiToken.PREFIX
            + idText
            + "_"
            + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    ApiToken token = new ApiToken(idText, grant, now, ApiToken.digest(text));
    change(before -> {
      if (before.stream().anyMatch(each -> each.grant().name().equals(grant.name()))) {
        throw new IllegalArgumentException(
            "--name: there is a token '" + grant.name() + "'; revoke it or choose another name");
      }
      List<ApiToken> after = new ArrayList<>(before);
      after.add(token);
      return after;
    });
    return new Issued(token, text);
  }

  /**
   * Takes a token out; a running server refuses it from the next request on.
   *
   * @param nameOrId of the token
   * @throws IllegalArgumentException if there is none
   */
  public ApiToken revoke(String nameOrId) {
    List<ApiToken> revoked = new ArrayList<>();
    change(before -> {
      List<ApiToken> after = new ArrayList<>();
      for (ApiToken each : before) {
        boolean isMeant = each.grant().name().equals(nameOrId) || each.id().equals(nameOrId);
        (isMeant ? revoked : after).add(each);
      }
      if (revoked.isEmpty()) {
        throw new IllegalArgumentException(
            "there is no token '" + nameOrId + "'; gtrace token list names all");
      }
      return after;
    });
    return revoked.get(0);
  }

  /**
   * All tokens, oldest first; none if there is no file.
   *
   * @throws LedgerException if the file is damaged
   */
  public List<ApiToken> tokens() {
    try {
      Stored stored = JSON.readValue(Files.readAllBytes(path), Stored.class);
      if (stored.layout() != LAYOUT) {
        throw new LedgerException(path + ": was written by a newer version of gtrace");
      }
      return stored.tokens().stream().map(Entry::token).toList();
    } catch (NoSuchFileException none) {
      return List.of();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (JacksonException | IllegalArgumentException | NullPointerException damaged) {
      throw new LedgerException(
          path + ": holds no tokens that can be read; restore it, or delete it and make new ones",
          damaged);
    }
  }

  /** Which content is there now; empty for none. */
  Optional<Version> version() {
    try {
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      return Optional.of(
          new Version(Optional.ofNullable(now.fileKey()), now.lastModifiedTime(), now.size()));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The unfinished file keeps others out until it takes the place of the old one. */
  private void change(UnaryOperator<List<ApiToken>> change) {
    try {
      Files.createDirectories(folder());
      Path unfinished = path.resolveSibling(path.getFileName() + ".unfinished");
      try (FileChannel out = begin(unfinished)) {
        finish(out, unfinished, change);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void finish(FileChannel out, Path unfinished, UnaryOperator<List<ApiToken>> change)
      throws IOException {
    try {
      List<Entry> entries = change.apply(tokens()).stream().map(Entry::of).toList();
      ByteBuffer json =
          ByteBuffer.wrap(
              JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(new Stored(LAYOUT, entries)));
      while (json.hasRemaining()) {
        out.write(json);
      }
      out.force(true);
      Files.move(
          unfinished, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | RuntimeException failed) {
      Files.deleteIfExists(unfinished);
      throw failed;
    }
  }

  private FileChannel begin(Path unfinished) throws IOException {
    long deadline = System.nanoTime() + WAIT.toNanos();
    while (true) {
      try {
        return FileChannel.open(
            unfinished,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            ownerOnly());
      } catch (FileAlreadyExistsException another) {
        if (System.nanoTime() - deadline >= 0) {
          throw new LedgerException(
              "another process is changing the tokens; if none is, delete " + unfinished, another);
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private FileAttribute<?>[] ownerOnly() throws IOException {
    return Files.getFileStore(folder()).supportsFileAttributeView("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private Path folder() {
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IllegalStateException(path + " has no folder");
    }
    return folder;
  }
}
