package io.gtrace.server;

import io.gtrace.ratecard.RateCard;
import io.gtrace.server.access.Access;
import io.gtrace.server.access.Gatekeeper;
import io.gtrace.server.api.Footprints;
import io.gtrace.server.http.Faults;
import io.gtrace.server.http.Json;
import io.gtrace.server.ingest.Activities;
import io.gtrace.server.organisation.Organisation;
import io.gtrace.server.organisation.Organisations;
import io.gtrace.server.page.Pages;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerResponse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A running server. */
public final class Server implements AutoCloseable {
  private final Organisations organisations;
  private final WebServer web;

  private Server(Organisations organisations, WebServer web) {
    this.organisations = organisations;
    this.web = web;
  }

  /**
   * Starts a server; it is ready when this returns.
   *
   * @param card what prices; it should allow fallbacks
   * @param clock tells when usage comes and batches are sealed
   * @param version of G-TRACE, for the seals
   * @throws io.gtrace.ledger.store.LedgerException if a ledger is damaged or kept by another server
   * @throws java.io.UncheckedIOException if a port is taken or a folder cannot be used
   */
  public static Server start(
      ServerOptions options, RateCard card, InstantSource clock, String version) {
    Organisations organisations = open(options, card, clock, version);
    Pages pages =
        new Pages(
            organisations,
            options.pages(),
            options.otlpHttpPort(),
            options.otlpGrpcPort(),
            clock,
            version);
    try {
      Access access = Access.local(options.ledgers().keySet().iterator().next());
      WebServer web =
          WebServer.builder()
              .address(options.address())
              .port(options.port())
              .routing(routing -> route(routing, organisations, access, pages))
              .build();
      web.start();
      return new Server(organisations, web);
    } catch (RuntimeException notStarted) {
      organisations.close();
      throw notStarted;
    }
  }

  private static Organisations open(
      ServerOptions options, RateCard card, InstantSource clock, String version) {
    List<Organisation> opened = new ArrayList<>();
    try {
      options
          .ledgers()
          .forEach((name, folder) ->
              opened.add(
                  Organisation.open(name, folder, card, clock, version, options.sealEvery())));
      return new Organisations(opened);
    } catch (RuntimeException notOpened) {
      opened.forEach(Organisation::close);
      throw notOpened;
    }
  }

  private static void route(
      HttpRouting.Builder routing, Organisations organisations, Access access, Pages pages) {
    Faults.answeredBy(routing);
    routing
        .addFilter(new Gatekeeper(access))
        .get("/health", (request, response) -> health(organisations, response))
        .register(new Activities(organisations))
        .register(new Footprints(organisations))
        .register(pages);
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

  /** Takes no more requests, and puts what was acknowledged into the ledgers. */
  @Override
  public void close() {
    web.stop();
    organisations.close();
  }
}
