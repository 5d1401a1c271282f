package io.gtrace.server.otlp;

import com.google.protobuf.Any;
import com.google.protobuf.MessageLite;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.Contexts;
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
import java.util.concurrent.TimeUnit;

/**
 * The OTLP receiver over gRPC. Requests are handed on as bytes, of which only what is wanted is
 * read, and so never become messages.
 */
public final class OtlpGrpc implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(OtlpGrpc.class.getName());
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Context.Key<Visitor> VISITOR = Context.key("visitor");
  private static final int MOST_CALLS_OF_A_CONNECTION = 32;
  private static final int MOST_METADATA_BYTES = 16 << 10;
  private static final Duration HANDSHAKE = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofMinutes(5);
  private static final Duration SILENCE = Duration.ofSeconds(60);
  private static final Duration UNTIL_STOPPED = Duration.ofSeconds(2);

  private final Server server;
  private final ExecutorService threads;
  private final EventLoopGroup loops;

  private OtlpGrpc(Server server, ExecutorService threads, EventLoopGroup loops) {
    this.server = server;
    this.threads = threads;
    this.loops = loops;
  }

  /**
   * Starts to receive.
   *
   * @param address with port 0 for any that is free
   * @param tls with what connections are encrypted; empty if they are not
   * @param mostConnections at one moment; further ones are closed at once
   * @param room for all requests that are taken at one moment
   * @throws UncheckedIOException if the port is taken
   */
  public static OtlpGrpc start(
      InetSocketAddress address,
      Optional<TlsFiles> tls,
      Receiver receiver,
      Gatekeeper gatekeeper,
      int mostConnections,
      IntakeRoom room) {
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(address)
            .channelFactory(() -> new BoundedServerChannel(mostConnections))
            .bossEventLoopGroup(loops)
            .workerEventLoopGroup(loops)
            .executor(threads)
            .intercept(new Knock())
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
      builder.addService(new Export(signal, receiver, gatekeeper, room));
    }
    try {
      return new OtlpGrpc(builder.build().start(), threads, loops);
    } catch (IOException taken) {
      threads.close();
      end(loops);
      throw new UncheckedIOException(taken);
    }
  }

  /**
   * What is known of who calls.
   *
   * @param authorization what they show
   * @param peer who connected
   */
  private record Visitor(Optional<String> authorization, InetAddress peer) {}

  /** Keeps what is known of a caller until it is asked for. */
  private static final class Knock implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      InetAddress peer =
          call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress ip
              ? ip.getAddress()
              : InetAddress.getLoopbackAddress();
      Visitor visitor = new Visitor(Optional.ofNullable(headers.get(AUTHORIZATION)), peer);
      return Contexts.interceptCall(
          Context.current().withValue(VISITOR, visitor), call, headers, next);
    }
  }

  /** The one method of the service of a signal. */
  private record Export(Signal signal, Receiver receiver, Gatekeeper gatekeeper, IntakeRoom room)
      implements BindableService {
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
        Visitor visitor = VISITOR.get();
        Caller caller =
            gatekeeper.require(
                visitor.authorization(), visitor.peer(), signal.grpcMethod(), Scope.INGEST);
        Receiver.Taken taken =
            room.with(request.bytes(), body -> receiver.protobuf(caller, signal, body));
        told = signal.answer(taken.rejected(), taken.message());
      } catch (RuntimeException fault) {
        answer.onError(StatusProto.toStatusRuntimeException(status(signal, fault)));
        return;
      }
      answer.onNext(told);
      answer.onCompleted();
    }
  }

  /** A fault, with when to try again if that makes sense. */
  static Status status(Signal signal, RuntimeException fault) {
    Optional<Problem> told = Faults.told(fault);
    if (told.isEmpty()) {
      LOG.log(System.Logger.Level.ERROR, () -> signal.grpcMethod() + " failed", fault);
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
        byte[] bytes = stream.readAllBytes();
        return () -> bytes;
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
    threads.close();
    end(loops);
  }

  private static void end(EventLoopGroup loops) {
    loops
        .shutdownGracefully(0, UNTIL_STOPPED.toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(UNTIL_STOPPED.toMillis());
  }
}
