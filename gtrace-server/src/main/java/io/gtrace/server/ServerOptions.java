package io.gtrace.server;

import io.gtrace.server.page.PageOptions;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * How a server is started.
 *
 * @param address on which it listens
 * @param port of the API and the pages; 0 for any that is free
 * @param otlpHttpPort of the OTLP receiver over HTTP; 0 for any that is free
 * @param otlpGrpcPort of the OTLP receiver over gRPC; 0 for any that is free
 * @param ledgers folders by the name of the organisation; the first is that of callers at this
 *     machine
 * @param sealEvery how long events wait before they are sealed; more than 0
 * @param pages what pages are told
 */
public record ServerOptions(
    InetAddress address,
    int port,
    int otlpHttpPort,
    int otlpGrpcPort,
    Map<String, Path> ledgers,
    Duration sealEvery,
    PageOptions pages) {
  public static final int PORT = 8080;
  public static final int OTLP_HTTP_PORT = 4318;
  public static final int OTLP_GRPC_PORT = 4317;

  /** The organisation of a server that keeps only one. */
  public static final String ONLY_ORGANISATION = "default";

  /**
   * @throws IllegalArgumentException if there is no ledger, or no time between two seals
   */
  public ServerOptions {
    if (ledgers.isEmpty()) {
      throw new IllegalArgumentException("a server keeps at least one ledger");
    }
    if (!sealEvery.isPositive()) {
      throw new IllegalArgumentException("the time between two seals must be more than 0");
    }
  }
}
