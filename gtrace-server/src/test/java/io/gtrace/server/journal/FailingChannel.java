package io.gtrace.server.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A file that a disk leaves half written, and perhaps does not cut off again or close. */
final class FailingChannel extends FileChannel {
  private final FileChannel file;
  private final AtomicReference<@Nullable Throwable> onWrite;
  private final AtomicBoolean truncates;
  private final AtomicBoolean closes;

  FailingChannel(
      FileChannel file,
      AtomicReference<@Nullable Throwable> onWrite,
      AtomicBoolean truncates,
      AtomicBoolean closes) {
    this.file = file;
    this.onWrite = onWrite;
    this.truncates = truncates;
    this.closes = closes;
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    Throwable failure = onWrite.get();
    if (failure == null) {
      return file.write(sources, offset, length);
    }
    file.write(ByteBuffer.wrap(new byte[] {'h', 'a', 'l', 'f', '\n'}));
    if (failure instanceof Error error) {
      throw error;
    }
    throw new IOException(failure);
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    return file.write(source);
  }

  @Override
  public int write(ByteBuffer source, long position) throws IOException {
    return file.write(source, position);
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    if (!truncates.get()) {
      throw new IOException("not cut off");
    }
    file.truncate(size);
    return this;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return file.read(target);
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    return file.read(targets, offset, length);
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    return file.read(target, position);
  }

  @Override
  public long position() throws IOException {
    return file.position();
  }

  @Override
  public FileChannel position(long position) throws IOException {
    file.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  public void force(boolean metadata) throws IOException {
    file.force(metadata);
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    return file.transferTo(position, count, target);
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count)
      throws IOException {
    return file.transferFrom(source, position, count);
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
    return file.map(mode, position, size);
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) throws IOException {
    return file.lock(position, size, shared);
  }

  @Override
  public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
    return file.tryLock(position, size, shared);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    file.close();
    if (!closes.get()) {
      throw new IOException("not closed");
    }
  }
}
