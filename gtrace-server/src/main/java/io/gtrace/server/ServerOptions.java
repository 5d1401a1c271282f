package io.gtrace.server;

import io.gtrace.server.api.ApiOptions;
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
 * @param access who may call
 * @param api what the API needs to know beside the ledgers
 * @param pages what pages are told
 */
public record ServerOptions(
    InetAddress address,
    int port,
    int otlpHttpPort,
    int otlpGrpcPort,
    Map<String, Path> ledgers,
    Duration sealEvery,
    AccessOptions access,
    ApiOptions api,
    PageOptions pages) {
  public static final int PORT = 8080;
  public static final int OTLP_HTTP_PORT = 4318;
  public static final int OTLP_GRPC_PORT = 4317;

  /** The organisation of a server that keeps only one. */
  public static final String ONLY_ORGANISATION = "default";

  /** A server whose API knows nothing beside the ledgers. */
  public ServerOptions(
      InetAddress address,
      int port,
      int otlpHttpPort,
      int otlpGrpcPort,
      Map<String, Path> ledgers,
      Duration sealEvery,
      AccessOptions access) {
    this(
        address,
        port,
        otlpHttpPort,
        otlpGrpcPort,
        ledgers,
        sealEvery,
        access,
        ApiOptions.USUAL,
        PageOptions.NONE);
  }

  /**
   * @throws IllegalArgumentException if there is no ledger, no time between two seals, or nothing
   *     tells which of several organisations a token is of
   */
  public ServerOptions {
    if (ledgers.isEmpty()) {
      throw new IllegalArgumentException("a server keeps at least one ledger");
    }
    if (!sealEvery.isPositive()) {
      throw new IllegalArgumentException("the time between two seals must be more than 0");
    }
    if (ledgers.size() > 1
        && access.oidc().filter(oidc -> oidc.organisationClaim().isEmpty()).isPresent()) {
      throw new IllegalArgumentException(
          "--oidc-organisation-claim: with several organisations, say which claim names them");
    }
  }
}
