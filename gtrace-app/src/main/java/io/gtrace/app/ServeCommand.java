package io.gtrace.app;

import io.gtrace.ratecard.RateCard;
import io.gtrace.server.Server;
import io.gtrace.server.ServerOptions;
import io.gtrace.server.api.ApiOptions;
import io.gtrace.server.page.PageOptions;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Keep a ledger live: take usage over OpenTelemetry and HTTP, answer questions, show pages.",
      "Runs until Ctrl-C or SIGTERM; what was acknowledged is sealed then."
    },
    footer = {"", "Example: gtrace serve --ledger ledger", "Then open http://localhost:8080"})
final class ServeCommand implements Callable<Integer> {
  private static final Duration LOOK = Duration.ofHours(1);

  /** Held, since loggers that nobody holds forget their levels. */
  private static final Map<Logger, Level> FRAMEWORKS =
      Map.of(
          Logger.getLogger("io.helidon"),
          Level.WARNING,
          // It tells of taken ports with a stack trace, before we do without.
          Logger.getLogger("io.helidon.webserver.LoomServer"),
          Level.OFF,
          // It warns with a stack trace of what callers do wrong.
          Logger.getLogger("io.grpc"),
          Level.SEVERE);

  @Spec private @Nullable CommandSpec spec;
  @Mixin private LedgerOption ledger = new LedgerOption();
  @Mixin private FactorFile factors = new FactorFile();
  @Mixin private ServeAccess access = new ServeAccess();
  @Mixin private ServeApi api = new ServeApi();

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "The address to listen on (default: 127.0.0.1, this machine only).")
  private String host = "";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "Of the API and the pages (default: 8080; 0 for any free one).")
  private int port;

  @Option(
      names = "--otlp-http-port",
      paramLabel = "PORT",
      defaultValue = "4318",
      description = "Of the OTLP receiver over HTTP (default: 4318).")
  private int otlpHttpPort;

  @Option(
      names = "--otlp-grpc-port",
      paramLabel = "PORT",
      defaultValue = "4317",
      description = "Of the OTLP receiver over gRPC (default: 4317).")
  private int otlpGrpcPort;

  @Option(
      names = "--organisation",
      paramLabel = "NAME=DIR",
      description =
          "Keep the ledger of another organisation too, reached by its tokens; repeatable.")
  private Map<String, Path> others = new LinkedHashMap<>();

  @Option(
      names = "--seal-every",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "How long acknowledged events wait for their batch (default: 5).")
  private int sealSeconds;

  @Option(
      names = "--daily-budget",
      paramLabel = "KG",
      description =
          "Carbon that a day may cause, in kgCO2e; the page of today shows how much is left.")
  private Optional<Double> dailyBudgetKg = Optional.empty();

  @Override
  public Integer call() {
    FRAMEWORKS.forEach(Logger::setLevel);
    PrintWriter err = Console.err(spec);
    try (Interruption interruption = Interruption.watched(err)) {
      Server server = Server.start(options(), card(), Clock.systemUTC(), Main.version());
      try (server) {
        tellWhere(server, err);
        while (interruption.isAwayFor(LOOK)) {
          // The server does the work.
        }
        err.println("gtrace: ending: no more is taken, and what was acknowledged is sealed");
        err.flush();
      }
      return told(server.unsealed(), err);
    }
  }

  /**
   * The card, made while the ledgers are opened; but where a file of own factors may be wrong,
   * before.
   */
  private Supplier<RateCard> card() {
    if (factors.path().isPresent()) {
      RateCard own = LedgerCard.of(factors);
      return () -> own;
    }
    return CompletableFuture.supplyAsync(() -> LedgerCard.of(factors))::join;
  }

  private void tellWhere(Server server, PrintWriter err) {
    err.println("gtrace: ledger " + ledger.folder());
    err.println("gtrace: pages and API on " + scheme() + "://" + host + ":" + server.port());
    err.println("gtrace: OTLP on " + scheme() + "://" + host + ":" + server.otlpHttpPort());
    err.println("gtrace: OTLP over gRPC on " + host + ":" + server.otlpGrpcPort());
    warnOfPlainText(err);
    err.println("gtrace: Ctrl-C seals what was acknowledged and ends");
    err.flush();
  }

  private static int told(List<String> unsealed, PrintWriter err) {
    if (unsealed.isEmpty()) {
      err.println("gtrace: ended; all that was acknowledged is sealed");
      return ExitCode.DONE;
    }
    unsealed.forEach(each -> err.println("gtrace: ended; " + each));
    return ExitCode.LEDGER;
  }

  private String scheme() {
    return access.isEncrypted() ? "https" : "http";
  }

  private void warnOfPlainText(PrintWriter err) {
    if (!access.isEncrypted() && !address().isLoopbackAddress()) {
      err.println(
          "gtrace: tokens travel in the clear; give --tls-cert and --tls-key, or let a proxy"
              + " encrypt");
    }
  }

  private ServerOptions options() {
    Map<String, Path> ledgers = new LinkedHashMap<>();
    ledgers.put(ServerOptions.ONLY_ORGANISATION, ledger.folder());
    if (others.containsKey(ServerOptions.ONLY_ORGANISATION)) {
      throw new IllegalArgumentException(
          "--organisation: '"
              + ServerOptions.ONLY_ORGANISATION
              + "' is the organisation of --ledger; give the other another name");
    }
    ledgers.putAll(others);
    ApiOptions known = api.options(ledgers);
    return new ServerOptions(
        address(),
        port,
        otlpHttpPort,
        otlpGrpcPort,
        ledgers,
        Duration.ofSeconds(sealSeconds),
        access.options(),
        known,
        pages(known));
  }

  private PageOptions pages(ApiOptions known) {
    return new PageOptions(
        dailyBudgetKg.map(OptionalDouble::of).orElseGet(OptionalDouble::empty),
        Optional.ofNullable(known.profiles().get(ServerOptions.ONLY_ORGANISATION)));
  }

  private InetAddress address() {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException unknown) {
      throw new IllegalArgumentException("--host: there is no address '" + host + "'", unknown);
    }
  }
}
