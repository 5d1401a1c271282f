package io.gtrace.server.otlp;

import io.grpc.Context;
import io.grpc.KnownLength;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.gtrace.server.http.IntakeRoom;
import io.gtrace.server.http.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a call over gRPC has of the room for all bodies, from the first bytes of its message on: the
 * library keeps a message until it is whole. Safe for use by many threads.
 */
final class CallRoom extends ServerStreamTracer {
  private static final Context.Key<CallRoom> KEY = Context.key("room");
  private static final int CHUNK = 64 << 10;

  private final IntakeRoom.Place place;
  private Optional<Consumer<Problem>> turningAway = Optional.empty();
  private Optional<Problem> full = Optional.empty();
  private int wireBytes;

  private CallRoom(IntakeRoom.Place place) {
    this.place = place;
  }

  /** Gives each call a place in a room. */
  static Factory in(IntakeRoom room) {
    return new Factory() {
      @Override
      public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
        return new CallRoom(room.place());
      }
    };
  }

  /** That of the call that this thread works for. */
  static CallRoom current() {
    return KEY.get();
  }

  @Override
  public Context filterContext(Context context) {
    return context.withValue(KEY, this);
  }

  /**
   * Says how the call is turned away where there is no room for it, also while its message comes.
   *
   * @param how is called once at most, on any thread
   */
  void turnAway(Consumer<Problem> how) {
    Optional<Problem> already;
    synchronized (this) {
      turningAway = Optional.of(how);
      already = full;
    }
    already.ifPresent(how);
  }

  /** Some of the message has come and is kept until the rest is there. */
  @Override
  public void inboundWireSize(long bytes) {
    Optional<Consumer<Problem>> told = Optional.empty();
    synchronized (this) {
      wireBytes += Math.toIntExact(bytes);
      try {
        place.grow(Math.toIntExact(bytes));
      } catch (Problem noRoom) {
        told = full.isEmpty() ? turningAway : Optional.empty();
        full = full.or(() -> Optional.of(noRoom));
      }
    }
    // Not while this is locked: the call may end meanwhile.
    told.ifPresent(how -> full.ifPresent(how));
  }

  /**
   * Takes a message out of what has come, and unpacks it.
   *
   * @throws Problem if there is no room for it
   */
  byte[] read(InputStream message) throws IOException {
    byte[] bytes;
    if (message instanceof KnownLength) {
      place.grow(message.available());
      bytes = message.readAllBytes();
    } else {
      bytes = unpacked(message);
    }
    synchronized (this) {
      place.shrink(wireBytes);
      wireBytes = 0;
    }
    return bytes;
  }

  private byte[] unpacked(InputStream message) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(CHUNK);
    byte[] chunk = new byte[CHUNK];
    for (int read = message.read(chunk); read >= 0; read = message.read(chunk)) {
      place.grow(read);
      bytes.write(chunk, 0, read);
    }
    return bytes.toByteArray();
  }

  /** Takes more for what is made of the message. */
  void grow(int bytes) {
    place.grow(bytes);
  }

  @Override
  public void streamClosed(Status status) {
    place.close();
  }
}
