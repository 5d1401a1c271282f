package io.gtrace.ledger.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret of a ledger that turns ids of users into numbers: HMAC-SHA-256, the first 64 bits. Who
 * does not have the key can neither undo nor repeat it. Ids of events depend on it too. Not for
 * sharing between threads.
 */
public final class UserKey {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;
  private static final int REMEMBERED = 100_000;

  private static final int ID_SECRET_BYTES = 16;

  /** No user has such an id: it is no UTF-8. */
  private static final byte[] OF_EVENTS = {(byte) 0xff, 'e', 'v', 'e', 'n', 't', 's'};

  /** What went before request ids in ledgers whose ids of events anybody could make. */
  private static final String PLAIN = "request ";

  private final Mac mac;
  private final EventIds ids;
  private final byte[] idSecret;
  private final Map<String, Long> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  private UserKey(byte[] key, EventIds ids) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
    this.ids = ids;
    idSecret =
        switch (ids) {
          case KEYED -> Arrays.copyOf(mac.doFinal(OF_EVENTS), ID_SECRET_BYTES);
          case PLAIN -> PLAIN.getBytes(StandardCharsets.UTF_8);
        };
  }

  /** The key of a ledger that is being written; made if there is none. */
  static UserKey of(LedgerFiles files, EventIds ids, SecureRandom random) throws IOException {
    Path file = files.userKey();
    if (!Files.exists(file)) {
      byte[] key = new byte[KEY_BYTES];
      random.nextBytes(key);
      keepToOwner(LedgerFiles.unfinished(file));
      LedgerFiles.write(file, key);
    }
    return read(file, ids);
  }

  /** Makes the file for the key before the key is in it. */
  private static void keepToOwner(Path file) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(file);
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }

  /** The key of a ledger that has batches: with another one their users were others. */
  static UserKey read(Path file, EventIds ids) {
    try {
      byte[] key = Files.readAllBytes(file);
      if (key.length != KEY_BYTES) {
        throw new LedgerException(
            "the ledger is damaged: " + file + " is not the key of its users' ids");
      }
      return new UserKey(key, ids);
    } catch (NoSuchFileException missing) {
      throw new LedgerException("the ledger is damaged: " + file + " is missing", missing);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Whether ids of events are those of the first ledgers. */
  public boolean hasPlainIds() {
    return ids == EventIds.PLAIN;
  }

  /** What goes before a request id where the id of an event is made of it. */
  public byte[] idSecret() {
    return idSecret.clone();
  }

  /** The number of a user, as the database keeps it: its 64 bits without a sign. */
  public long hash(String user) {
    return known.computeIfAbsent(
        user,
        each -> ByteBuffer.wrap(mac.doFinal(each.getBytes(StandardCharsets.UTF_8))).getLong());
  }
}
