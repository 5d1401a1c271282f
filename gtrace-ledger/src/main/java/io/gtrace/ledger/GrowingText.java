package io.gtrace.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The whole lines of a file that others still write on. It ends where the file was replaced by
 * another one (then the last line needs no line break), where it was cut or written anew, or where
 * whoever waits wants no more (then a half-written last line is left for another time).
 */
final class GrowingText extends InputStream {
  /** So many bytes before the place that is read to tell whether they are still the same. */
  private static final int REMEMBERED_BYTES = 512;

  private static final int BLOCK_BYTES = 1 << 16;

  private final Path file;
  private final FileChannel channel;
  private final @Nullable Object identity;
  private final BooleanSupplier wait;
  private byte[] remembered = new byte[0];
  private long position;

  /** Where the last whole line ends that is known of. */
  private long whole;

  /** How far line breaks have been looked for. */
  private long scanned;

  private boolean replaced;
  private boolean ended;

  /**
   * @param wait is called where there is no whole line to read; says whether to look again
   */
  GrowingText(Path file, BooleanSupplier wait) throws IOException {
    this.file = file;
    this.wait = wait;
    channel = FileChannel.open(file, StandardOpenOption.READ);
    identity = identity(file);
  }

  private static @Nullable Object identity(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  /**
   * Waits for a whole line.
   *
   * @return whether there is one; if not, it has ended
   */
  boolean awaitLine() throws IOException {
    while (position == whole && !ended) {
      look();
    }
    return position < whole;
  }

  /** Takes notice of whole lines that were added while nobody read. */
  void lookAgain() throws IOException {
    long size = channel.size();
    if (size > scanned && !ended) {
      whole = Math.max(whole, endOfLastLine(size));
      scanned = size;
    }
  }

  /** Whether a whole line can be read without waiting. */
  boolean isReady() {
    return position < whole;
  }

  /** The next bytes of whole lines as far as they are there; they can still be read. */
  byte[] peek(int most) throws IOException {
    return bytes(position, (int) Math.min(most, whole - position));
  }

  /** Looks for lines that were added since. */
  private void look() throws IOException {
    long size = channel.size();
    if (size < position || !Arrays.equals(remembered, rememberedNow())) {
      ended = true;
      return;
    }
    scanned = Math.min(scanned, size);
    lookAgain();
    if (position < whole) {
      return;
    }
    if (replaced) {
      whole = size;
      ended = true;
      return;
    }
    // Whoever wrote on it may do so for a moment after it was replaced.
    replaced = isReplaced();
    if (!wait.getAsBoolean()) {
      ended = true;
    }
  }

  /** The file may be away for a while before another one takes its place. */
  private boolean isReplaced() throws IOException {
    try {
      Object now = identity(file);
      return identity != null && !identity.equals(now);
    } catch (NoSuchFileException away) {
      return false;
    }
  }

  private byte[] rememberedNow() throws IOException {
    return bytes(position - remembered.length, remembered.length);
  }

  private long endOfLastLine(long size) throws IOException {
    for (long to = size; to > scanned; to -= BLOCK_BYTES) {
      long from = Math.max(scanned, to - BLOCK_BYTES);
      byte[] block = bytes(from, (int) (to - from));
      for (int i = block.length - 1; i >= 0; i--) {
        if (block[i] == '\n') {
          return from + i + 1;
        }
      }
    }
    return whole;
  }

  /** Fewer where the file ends. */
  private byte[] bytes(long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, from + bytes.position()) < 0) {
        break;
      }
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int at, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!awaitLine()) {
      return -1;
    }
    byte[] bytes = bytes(position, (int) Math.min(length, whole - position));
    if (bytes.length == 0) {
      ended = true;
      whole = position;
      return -1;
    }
    System.arraycopy(bytes, 0, into, at, bytes.length);
    position += bytes.length;
    remember(bytes);
    return bytes.length;
  }

  private void remember(byte[] bytes) {
    if (bytes.length >= REMEMBERED_BYTES) {
      remembered = Arrays.copyOfRange(bytes, bytes.length - REMEMBERED_BYTES, bytes.length);
      return;
    }
    int kept = Math.min(remembered.length, REMEMBERED_BYTES - bytes.length);
    byte[] both = Arrays.copyOfRange(remembered, remembered.length - kept, remembered.length);
    remembered = Arrays.copyOf(both, kept + bytes.length);
    System.arraycopy(bytes, 0, remembered, kept, bytes.length);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
