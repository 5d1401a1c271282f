package io.gtrace.server.otlp;

import com.google.protobuf.Any;
import com.google.protobuf.MessageLite;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall;
import io.grpc.ForwardingServerCallListener;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.gtrace.server.access.Caller;
import io.gtrace.server.access.Gatekeeper;
import io.gtrace.server.access.Scope;
import io.gtrace.server.http.Faults;
import io.gtrace.server.http.IntakeRoom;
import io.gtrace.server.http.Problem;
import io.gtrace.server.http.Sockets;
import io.gtrace.server.http.TlsFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The OTLP receiver over gRPC. Requests are handed on as bytes, of which only what is wanted is
 * read, and so never become messages.
 */
public final class OtlpGrpc implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(OtlpGrpc.class.getName());
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Context.Key<Caller> CALLER = Context.key("caller");
  private static final int MOST_CALLS_OF_A_CONNECTION = 32;
  private static final int MOST_METADATA_BYTES = 16 << 10;
  private static final Duration HANDSHAKE = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofMinutes(5);
  private static final Duration SILENCE = Duration.ofSeconds(60);
  private static final Duration UNTIL_STOPPED = Duration.ofSeconds(2);

  private final Server server;
  private final ScheduledExecutorService timer;
  private final ExecutorService threads;
  private final EventLoopGroup loops;

  private OtlpGrpc(
      Server server,
      ScheduledExecutorService timer,
      ExecutorService threads,
      EventLoopGroup loops) {
    this.server = server;
    this.timer = timer;
    this.threads = threads;
    this.loops = loops;
  }

  /**
   * Starts to receive.
   *
   * @param address with port 0 for any that is free
   * @param tls with what connections are encrypted; empty if they are not
   * @param sockets how many connections there may be at one moment, of which further ones are
   *     closed at once, and how long a request may take to come
   * @param room for all requests that are taken at one moment
   * @throws UncheckedIOException if the port is taken
   */
  public static OtlpGrpc start(
      InetSocketAddress address,
      Optional<TlsFiles> tls,
      Receiver receiver,
      Gatekeeper gatekeeper,
      Sockets sockets,
      IntakeRoom room) {
    Duration longest = sockets.body();
    int mostConnections = sockets.mostConnections();
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("gRPC deadlines").unstarted(task));
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(address)
            .channelFactory(() -> new BoundedServerChannel(mostConnections))
            .bossEventLoopGroup(loops)
            .workerEventLoopGroup(loops)
            .executor(threads)
            .addStreamTracerFactory(CallRoom.in(room))
            .intercept(new Knock(gatekeeper, timer, longest))
            .maxInboundMessageSize(OtlpHttp.MOST_BYTES)
            .maxInboundMetadataSize(MOST_METADATA_BYTES)
            .maxConcurrentCallsPerConnection(MOST_CALLS_OF_A_CONNECTION)
            .handshakeTimeout(HANDSHAKE.toSeconds(), TimeUnit.SECONDS)
            .maxConnectionIdle(IDLE.toSeconds(), TimeUnit.SECONDS)
            .keepAliveTime(SILENCE.toSeconds(), TimeUnit.SECONDS)
            .permitKeepAliveTime(HANDSHAKE.toSeconds(), TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true);
    tls.ifPresent(
        files -> builder.useTransportSecurity(files.certificate().toFile(), files.key().toFile()));
    for (Signal signal : Signal.values()) {
      builder.addService(new Export(signal, receiver));
    }
    try {
      return new OtlpGrpc(builder.build().start(), timer, threads, loops);
    } catch (IOException taken) {
      timer.shutdownNow();
      threads.close();
      end(loops);
      throw new UncheckedIOException(taken);
    }
  }

  /** Lets in who may, before anything of what they send is taken, and only for so long. */
  private record Knock(Gatekeeper gatekeeper, ScheduledExecutorService timer, Duration longest)
      implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      InetAddress peer =
          call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress ip
              ? ip.getAddress()
              : InetAddress.getLoopbackAddress();
      String method = call.getMethodDescriptor().getFullMethodName();
      Caller caller;
      try {
        caller =
            gatekeeper.require(
                Optional.ofNullable(headers.get(AUTHORIZATION)), peer, method, Scope.INGEST);
      } catch (RuntimeException refused) {
        refuse(call, method, refused);
        return new ServerCall.Listener<>() {};
      }
      TimedCall<Q, A> timed = new TimedCall<>(call);
      CallRoom.current().turnAway(noRoom -> refuse(timed, method, noRoom));
      ScheduledFuture<?> end = timer.schedule(timed::end, longest.toNanos(), TimeUnit.NANOSECONDS);
      ServerCall.Listener<Q> listener =
          Contexts.interceptCall(Context.current().withValue(CALLER, caller), timed, headers, next);
      return new Received<>(listener, end);
    }
  }

  private static void refuse(ServerCall<?, ?> call, String method, RuntimeException refused) {
    StatusRuntimeException told = StatusProto.toStatusRuntimeException(status(method, refused));
    call.close(told.getStatus(), Optional.ofNullable(told.getTrailers()).orElseGet(Metadata::new));
  }

  /** Ends the timer once a request is there to its end, or is given up. */
  private static final class Received<Q>
      extends ForwardingServerCallListener.SimpleForwardingServerCallListener<Q> {
    private final ScheduledFuture<?> end;

    Received(ServerCall.Listener<Q> listener, ScheduledFuture<?> end) {
      super(listener);
      this.end = end;
    }

    @Override
    public void onHalfClose() {
      end.cancel(false);
      super.onHalfClose();
    }

    @Override
    public void onCancel() {
      end.cancel(false);
      super.onCancel();
    }
  }

  /** A call that can be ended beside what answers it. */
  private static final class TimedCall<Q, A>
      extends ForwardingServerCall.SimpleForwardingServerCall<Q, A> {
    private boolean over;

    TimedCall(ServerCall<Q, A> call) {
      super(call);
    }

    private void end() {
      close(
          io.grpc.Status.DEADLINE_EXCEEDED.withDescription("the request takes too long to come"),
          new Metadata());
    }

    @Override
    public synchronized void sendHeaders(Metadata headers) {
      if (!over) {
        super.sendHeaders(headers);
      }
    }

    @Override
    public synchronized void sendMessage(A message) {
      if (!over) {
        super.sendMessage(message);
      }
    }

    @Override
    public synchronized void close(io.grpc.Status status, Metadata trailers) {
      if (!over) {
        over = true;
        super.close(status, trailers);
      }
    }
  }

  /** The one method of the service of a signal. */
  private record Export(Signal signal, Receiver receiver) implements BindableService {
    @Override
    public ServerServiceDefinition bindService() {
      MethodDescriptor<Request, MessageLite> method =
          MethodDescriptor.<Request, MessageLite>newBuilder()
              .setType(MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(signal.grpcMethod())
              .setRequestMarshaller(new Requests())
              .setResponseMarshaller(new Messages())
              .build();
      return ServerServiceDefinition.builder(String.valueOf(method.getServiceName()))
          .addMethod(method, ServerCalls.asyncUnaryCall(this::take))
          .build();
    }

    private void take(Request request, StreamObserver<MessageLite> answer) {
      MessageLite told;
      try {
        Caller caller = CALLER.get();
        Receiver.Taken taken =
            receiver.protobuf(caller, signal, request.bytes(), CallRoom.current()::grow);
        told = signal.answer(taken.rejected(), taken.message());
      } catch (RuntimeException fault) {
        answer.onError(StatusProto.toStatusRuntimeException(status(signal.grpcMethod(), fault)));
        return;
      }
      answer.onNext(told);
      answer.onCompleted();
    }
  }

  /** A fault, with when to try again if that makes sense. */
  static Status status(String method, RuntimeException fault) {
    Optional<Problem> told = Faults.told(fault);
    if (told.isEmpty()) {
      LOG.log(System.Logger.Level.ERROR, () -> method + " failed", fault);
      return Status.newBuilder()
          .setCode(Code.INTERNAL_VALUE)
          .setMessage("a fault of gtrace itself; its log says more")
          .build();
    }
    Status.Builder status = RpcStatus.of(told.get()).toBuilder();
    told.get().retryAfter().map(OtlpGrpc::retry).map(Any::pack).ifPresent(status::addDetails);
    return status.build();
  }

  private static RetryInfo retry(Duration after) {
    return RetryInfo.newBuilder()
        .setRetryDelay(com.google.protobuf.Duration.newBuilder().setSeconds(after.toSeconds()))
        .build();
  }

  /** A request as it came. */
  @FunctionalInterface
  private interface Request {
    /**
     * @throws Problem if it was too large or broken
     */
    byte[] bytes();
  }

  /** What cannot be unpacked is told when it is asked for: gRPC has no answer for it here. */
  private static final class Requests implements MethodDescriptor.Marshaller<Request> {
    @Override
    public InputStream stream(Request request) {
      return new ByteArrayInputStream(request.bytes());
    }

    @Override
    public Request parse(InputStream stream) {
      try {
        byte[] bytes = CallRoom.current().read(stream);
        return () -> bytes;
      } catch (Problem noRoom) {
        return () -> {
          throw noRoom;
        };
      } catch (StatusRuntimeException tooLarge) {
        return refused(
            io.helidon.http.Status.REQUEST_ENTITY_TOO_LARGE_413,
            String.format(
                Locale.ROOT,
                "the request is larger than %,d bytes; send it in parts",
                OtlpHttp.MOST_BYTES));
      } catch (IOException broken) {
        return refused(
            io.helidon.http.Status.BAD_REQUEST_400,
            "the request cannot be unpacked: " + broken.getMessage());
      }
    }

    private static Request refused(io.helidon.http.Status status, String detail) {
      return () -> {
        throw Problem.of(status, detail);
      };
    }
  }

  /** Answers, which are only sent. */
  private static final class Messages implements MethodDescriptor.Marshaller<MessageLite> {
    @Override
    public InputStream stream(MessageLite answer) {
      return new ByteArrayInputStream(answer.toByteArray());
    }

    @Override
    public MessageLite parse(InputStream stream) {
      throw new UnsupportedOperationException("a server reads no answers");
    }
  }

  /** The port on which it listens. */
  public int port() {
    return server.getPort();
  }

  /** Takes no more requests. */
  @Override
  public void close() {
    server.shutdown();
    try {
      if (!server.awaitTermination(UNTIL_STOPPED.toMillis(), TimeUnit.MILLISECONDS)) {
        server.shutdownNow();
      }
    } catch (InterruptedException now) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
    timer.shutdownNow();
    threads.close();
    end(loops);
  }

  private static void end(EventLoopGroup loops) {
    loops
        .shutdownGracefully(0, UNTIL_STOPPED.toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(UNTIL_STOPPED.toMillis());
  }
}
