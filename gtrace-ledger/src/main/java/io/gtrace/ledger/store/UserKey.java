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
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret of a ledger that turns ids of users into numbers: HMAC-SHA-256, the first 64 bits. Who
 * does not have the key can neither undo nor repeat it. Not for sharing between threads.
 */
public final class UserKey {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;
  private static final int REMEMBERED = 100_000;

  private final Mac mac;
  private final Map<String, Long> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  private UserKey(byte[] key) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  /** The key of a ledger that is being written; made if there is none. */
  static UserKey of(LedgerFiles files, SecureRandom random) throws IOException {
    Path file = files.userKey();
    if (!Files.exists(file)) {
      byte[] key = new byte[KEY_BYTES];
      random.nextBytes(key);
      keepToOwner(LedgerFiles.unfinished(file));
      LedgerFiles.write(file, key);
    }
    return read(file);
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
  static UserKey read(Path file) {
    try {
      byte[] key = Files.readAllBytes(file);
      if (key.length != KEY_BYTES) {
        throw new LedgerException(
            "the ledger is damaged: " + file + " is not the key of its users' ids");
      }
      return new UserKey(key);
    } catch (NoSuchFileException missing) {
      throw new LedgerException("the ledger is damaged: " + file + " is missing", missing);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The number of a user, as the database keeps it: its 64 bits without a sign. */
  public long hash(String user) {
    return known.computeIfAbsent(
        user,
        each -> ByteBuffer.wrap(mac.doFinal(each.getBytes(StandardCharsets.UTF_8))).getLong());
  }
}
