package io.gtrace.server.api;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.server.organisation.Organisations;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import java.time.InstantSource;
import java.util.List;

/** All questions that programs can ask. */
public final class Api implements HttpService {
  private final List<HttpService> services;

  /**
   * @param clock tells what lies in the future
   */
  public Api(Organisations organisations, InstantSource clock) {
    FactorCatalogue names = organisations.all().iterator().next().card().catalogue();
    services =
        List.of(
            new Footprints(organisations),
            new Estimates(organisations, clock),
            new EcoLogitsApi(names),
            new Catalogue(organisations, clock));
  }

  @Override
  public void routing(HttpRules rules) {
    services.forEach(each -> each.routing(rules));
  }
}
