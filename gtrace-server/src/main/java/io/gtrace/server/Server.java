package io.gtrace.server;

import io.gtrace.ledger.query.CellRoom;
import io.gtrace.ratecard.RateCard;
import io.gtrace.server.api.Api;
import io.gtrace.server.http.IntakeRoom;
import io.gtrace.server.http.Json;
import io.gtrace.server.http.Sockets;
import io.gtrace.server.ingest.Activities;
import io.gtrace.server.organisation.Organisation;
import io.gtrace.server.organisation.Organisations;
import io.gtrace.server.otlp.OtlpGrpc;
import io.gtrace.server.otlp.OtlpHttp;
import io.gtrace.server.otlp.Receiver;
import io.gtrace.server.page.OtlpPorts;
import io.gtrace.server.page.Pages;
import io.helidon.http.Status;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerResponse;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** A running server. */
public final class Server implements AutoCloseable {
  /** One in so many bytes of memory may hold cells of ledgers. */
  private static final long SHARE_FOR_CELLS = 6;

  private final Organisations organisations;
  private final Entrance entrance;
  private final Api api;
  private final WebServer web;
  private final OtlpGrpc grpc;

  private Server(
      Organisations organisations, Entrance entrance, Api api, WebServer web, OtlpGrpc grpc) {
    this.organisations = organisations;
    this.entrance = entrance;
    this.api = api;
    this.web = web;
    this.grpc = grpc;
  }

  /**
   * Starts a server; it is ready when this returns.
   *
   * @param card what prices; it should allow fallbacks
   * @param clock tells when usage comes and batches are sealed
   * @param version of G-TRACE, for the seals
   * @throws io.gtrace.ledger.store.LedgerException if a ledger is damaged or kept by another server
   * @throws IllegalArgumentException if other machines could call and nothing says who may
   * @throws UncheckedIOException if a port is taken or a folder cannot be used
   */
  public static Server start(
      ServerOptions options, RateCard card, InstantSource clock, String version) {
    return start(options, () -> card, clock, version, Sockets.STANDARD);
  }

  /**
   * Starts a server with a card that may not be there yet: ledgers are opened meanwhile.
   *
   * @see #start(ServerOptions, RateCard, InstantSource, String)
   */
  public static Server start(
      ServerOptions options, Supplier<RateCard> card, InstantSource clock, String version) {
    return start(options, card, clock, version, Sockets.STANDARD);
  }

  /** Starts a server with other bounds on connections. */
  static Server start(
      ServerOptions options,
      Supplier<RateCard> card,
      InstantSource clock,
      String version,
      Sockets sockets) {
    Organisations organisations = open(options, card, clock, version);
    Api api = new Api(organisations, options.api(), clock);
    // Which ports a server got is known once it listens, and asked for by those it then answers.
    CompletableFuture<OtlpPorts> ports = new CompletableFuture<>();
    try {
      Pages pages = new Pages(organisations, options.pages(), api.studies(), ports::join, clock);
      Server started =
          start(
              options,
              organisations,
              new Entrance(options, organisations, clock, sockets),
              api,
              pages,
              sockets);
      ports.complete(new OtlpPorts(started.otlpHttpPort(), started.otlpGrpcPort()));
      warmUp(organisations, pages);
      return started;
    } catch (RuntimeException notStarted) {
      api.close();
      organisations.close();
      throw notStarted;
    }
  }

  /**
   * Beside what is asked already, and of the first organisation alone: what is loaded serves all,
   * and there may be many at whose ledgers nobody looks. Ends by itself when they are closed.
   */
  private static void warmUp(Organisations organisations, Pages pages) {
    Organisation first = organisations.all().iterator().next();
    Thread.ofPlatform().daemon().name("warm-up").start(() -> pages.warmUp(first));
  }

  private static Server start(
      ServerOptions options,
      Organisations organisations,
      Entrance entrance,
      Api api,
      Pages pages,
      Sockets sockets) {
    try {
      Receiver receiver = new Receiver(organisations);
      IntakeRoom room = IntakeRoom.ofThisProcess(sockets.body());
      // Each takes its time to be loaded, and there is more than one core.
      CompletableFuture<OtlpGrpc> grpc =
          CompletableFuture.supplyAsync(
              () ->
                  OtlpGrpc.start(
                      new InetSocketAddress(options.address(), options.otlpGrpcPort()),
                      options.access().tls(),
                      receiver,
                      entrance.gatekeeper(),
                      sockets,
                      room),
              Thread::startVirtualThread);
      WebServer web;
      try {
        web =
            WebServer.builder()
                .update(entrance::listen)
                // Whoever started it ends it, and in order.
                .shutdownHook(false)
                .port(options.port())
                .routing(routing -> route(routing, organisations, entrance, api, pages, room))
                .putSocket(
                    OtlpHttp.SOCKET,
                    socket -> otlp(socket, options.otlpHttpPort(), receiver, entrance, room))
                .build()
                .start();
        requireRunning(web, options);
      } catch (RuntimeException notStarted) {
        close(grpc, notStarted);
        throw notStarted;
      }
      return new Server(organisations, entrance, api, web, started(grpc, web));
    } catch (RuntimeException notStarted) {
      entrance.close();
      throw notStarted;
    }
  }

  /** A web server that cannot listen logs so and returns. */
  private static void requireRunning(WebServer web, ServerOptions options) {
    if (!web.isRunning()) {
      throw new UncheckedIOException(
          new BindException(
              String.format(
                  Locale.ROOT,
                  "%s: cannot listen on port %d or %d; most likely another program does: end it, or"
                      + " choose others with --port and --otlp-http-port",
                  options.address().getHostAddress(),
                  options.port(),
                  options.otlpHttpPort())));
    }
  }

  /** Whoever is told that a server did not start finds its ports free. */
  private static void close(CompletableFuture<OtlpGrpc> grpc, RuntimeException notStarted) {
    try {
      grpc.join().close();
    } catch (CompletionException neitherStarted) {
      notStarted.addSuppressed(neitherStarted);
    }
  }

  private static OtlpGrpc started(CompletableFuture<OtlpGrpc> grpc, WebServer web) {
    try {
      return grpc.join();
    } catch (CompletionException failed) {
      web.stop();
      throw failed.getCause() instanceof RuntimeException notStarted ? notStarted : failed;
    }
  }

  private static Organisations open(
      ServerOptions options, Supplier<RateCard> card, InstantSource clock, String version) {
    List<Organisation> opened = new ArrayList<>();
    CellRoom room = new CellRoom(Runtime.getRuntime().maxMemory() / SHARE_FOR_CELLS);
    try {
      options
          .ledgers()
          .forEach((name, folder) ->
              opened.add(
                  Organisation.open(
                      name, folder, card, clock, version, options.sealEvery(), room)));
      return new Organisations(opened);
    } catch (RuntimeException notOpened) {
      opened.forEach(Organisation::close);
      throw notOpened;
    }
  }

  private static void route(
      HttpRouting.Builder routing,
      Organisations organisations,
      Entrance entrance,
      Api api,
      Pages pages,
      IntakeRoom room) {
    routing.addFilter(api.meter());
    entrance.guard(routing);
    routing
        .get("/health", (request, response) -> health(organisations, response))
        .register(entrance.login())
        .register(new Activities(organisations, room))
        .register(api)
        .register(pages);
  }

  private static void otlp(
      ListenerConfig.Builder socket,
      int port,
      Receiver receiver,
      Entrance entrance,
      IntakeRoom room) {
    entrance.listen(socket);
    socket
        .port(port)
        .maxPayloadSize(OtlpHttp.MOST_BYTES)
        .routing(routing -> otlp(routing, receiver, entrance, room));
  }

  private static void otlp(
      HttpRouting.Builder routing, Receiver receiver, Entrance entrance, IntakeRoom room) {
    entrance.guard(routing, OtlpHttp::refuse);
    routing.register(new OtlpHttp(receiver, room));
  }

  private static void health(Organisations organisations, ServerResponse response) {
    boolean well = organisations.all().stream().allMatch(each -> each.trouble().isEmpty());
    response.status(well ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503);
    Json.send(response, json -> json.writeStringProperty("status", well ? "UP" : "DEGRADED"));
  }

  /** The port of the API and the pages. */
  public int port() {
    return web.port();
  }

  /** The port of the OTLP receiver over HTTP. */
  public int otlpHttpPort() {
    return web.port(OtlpHttp.SOCKET);
  }

  /** The port of the OTLP receiver over gRPC. */
  public int otlpGrpcPort() {
    return grpc.port();
  }

  /**
   * What was acknowledged and is in no ledger yet, for whoever has closed this.
   *
   * @return a sentence for each ledger of which that is so
   */
  public List<String> unsealed() {
    return organisations.all().stream()
        .map(Organisation::unsealed)
        .flatMap(Optional::stream)
        .toList();
  }

  /** Takes no more requests, and puts what was acknowledged into the ledgers. */
  @Override
  public void close() {
    api.close();
    web.stop();
    grpc.close();
    entrance.close();
    organisations.close();
  }
}
