package io.gtrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** However a file is written, what comes out of it are its whole lines, once and in order. */
// Windows does not let a file be replaced that is being read.
@DisabledOnOs(OS.WINDOWS)
class GrowingTextTest {
  /** Appends a piece each time it is waited for; then replaces the file or wants no more. */
  private static byte[] read(Path file, List<byte[]> pieces, boolean replaced) throws IOException {
    Deque<byte[]> left = new ArrayDeque<>(pieces);
    boolean[] moved = {false};
    try (GrowingText growing =
        new GrowingText(
            file,
            () -> {
              byte[] piece = left.poll();
              try {
                if (piece != null) {
                  Files.write(file, piece, StandardOpenOption.APPEND);
                  return true;
                }
                if (replaced && !moved[0]) {
                  moved[0] = true;
                  Path other = Files.writeString(file.resolveSibling("other"), "other\n");
                  Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
                }
                return replaced;
              } catch (IOException failed) {
                throw new UncheckedIOException(failed);
              }
            })) {
      return growing.readAllBytes();
    }
  }

  @Property(tries = 200)
  void piecesComeOutAsTheWhole(
      @ForAll @Size(max = 12) List<@Size(max = 2_000) byte @ByteRange(min = 9, max = 12) []> pieces,
      @ForAll boolean replaced)
      throws IOException {
    Path folder = Files.createTempDirectory("growing");
    try {
      Path file = Files.createFile(folder.resolve("log"));
      byte[] written = read(file, pieces, replaced);
      int length = pieces.stream().mapToInt(piece -> piece.length).sum();
      byte[] whole = new byte[length];
      int at = 0;
      for (byte[] piece : pieces) {
        System.arraycopy(piece, 0, whole, at, piece.length);
        at += piece.length;
      }
      assertThat(written).isEqualTo(replaced ? whole : wholeLines(whole));
    } finally {
      Files.deleteIfExists(folder.resolve("log"));
      Files.delete(folder);
    }
  }

  private static byte[] wholeLines(byte[] bytes) {
    int end = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf('\n') + 1;
    return Arrays.copyOf(bytes, end);
  }
}
