package io.gtrace.ledger;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * What comes out of an archive. One that unpacks to far more than any log does is given up, since
 * it was made to fill whatever reads it.
 */
final class UnpackedStream extends InputStream {
  /** Logs that repeat themselves pack a hundredfold, the worst gzip can do is 1,032-fold. */
  private static final long MOST_TIMES = 500;

  private static final long ALWAYS_ALLOWED_BYTES = 1L << 30;
  private static final int BUFFER_BYTES = 1 << 16;

  private final Counted packed;
  private final InputStream unpacked;
  private long bytes;

  private UnpackedStream(Counted packed, InputStream unpacked) {
    this.packed = packed;
    this.unpacked = unpacked;
  }

  static InputStream ofGzip(InputStream packed) throws IOException {
    Counted counted = new Counted(packed);
    return new UnpackedStream(counted, new GZIPInputStream(counted, BUFFER_BYTES));
  }

  static InputStream ofZstd(InputStream packed) throws IOException {
    Counted counted = new Counted(packed);
    return new UnpackedStream(counted, new ZstdInputStream(counted));
  }

  private static final class Counted extends FilterInputStream {
    private long bytes;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      bytes += read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
      int read = super.read(into, at, length);
      bytes += Math.max(0, read);
      return read;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int at, int length) throws IOException {
    int read;
    try {
      read = unpacked.read(into, at, length);
    } catch (ZstdIOException broken) {
      // The library has no error code of its own for it.
      boolean cut = String.valueOf(broken.getMessage()).startsWith("Truncated");
      throw cut ? new EOFException("cut off") : new ZipException(broken.getMessage());
    }
    bytes += Math.max(0, read);
    if (bytes > ALWAYS_ALLOWED_BYTES && bytes / MOST_TIMES > packed.bytes) {
      throw new IOException(
          "it unpacks to more than "
              + MOST_TIMES
              + " times its size, as no log does; if it is right, unpack it yourself");
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    unpacked.close();
  }
}
