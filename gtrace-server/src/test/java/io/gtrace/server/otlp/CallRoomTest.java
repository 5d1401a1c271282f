package io.gtrace.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Context;
import io.grpc.KnownLength;
import io.grpc.Metadata;
import io.grpc.Status;
import io.gtrace.server.http.IntakeRoom;
import io.gtrace.server.http.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** As the library calls it while a message comes. */
class CallRoomTest {
  private final IntakeRoom room = new IntakeRoom(1_000, Duration.ofSeconds(1));
  private final List<Problem> told = new ArrayList<>();

  private CallRoom call() {
    CallRoom[] call = new CallRoom[1];
    Context context =
        CallRoom.in(room)
            .newServerStreamTracer("export", new Metadata())
            .filterContext(Context.current());
    context.run(() -> call[0] = CallRoom.current());
    return call[0];
  }

  /** A message as it lies in the buffers of the library. */
  private static final class Buffered extends ByteArrayInputStream implements KnownLength {
    Buffered(int bytes) {
      super(new byte[bytes]);
    }
  }

  @Test
  void aMessageIsTurnedAwayWhileItComes() {
    CallRoom first = call();
    first.turnAway(told::add);
    first.inboundWireSize(600);
    CallRoom second = call();
    second.turnAway(told::add);
    second.inboundWireSize(300);
    assertThat(told).isEmpty();
    second.inboundWireSize(300);
    assertThat(told).hasSize(1);
    assertThat(told.get(0).retryAfter()).isPresent();
    second.inboundWireSize(300);
    assertThat(told).as("told once").hasSize(1);
    second.streamClosed(Status.UNAVAILABLE);
    second.inboundWireSize(10_000);
    CallRoom third = call();
    third.turnAway(told::add);
    third.inboundWireSize(400);
    assertThat(told).as("there is room again").hasSize(1);
  }

  @Test
  void whatWasFullBeforeAnybodyListenedIsToldThen() {
    CallRoom call = call();
    call.inboundWireSize(1_001);
    call.turnAway(told::add);
    assertThat(told).hasSize(1);
  }

  @Test
  void aWholeMessageCountsOnceAndWhatIsUnpackedAsItComes() throws IOException {
    CallRoom call = call();
    call.inboundWireSize(400);
    assertThat(call.read(new Buffered(400))).hasSize(400);
    call.grow(600);
    assertThatThrownBy(() -> call.grow(1)).isInstanceOf(Problem.class);
    call.streamClosed(Status.OK);
    CallRoom packed = call();
    packed.inboundWireSize(10);
    assertThatThrownBy(() -> packed.read(new ByteArrayInputStream(new byte[2_000])))
        .isInstanceOf(Problem.class);
    packed.streamClosed(Status.OK);
    assertThat(call().read(new ByteArrayInputStream(new byte[900]))).hasSize(900);
  }
}
