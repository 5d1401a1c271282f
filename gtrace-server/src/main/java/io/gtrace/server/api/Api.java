package io.gtrace.server.api;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.server.metrics.Metrics;
import io.gtrace.server.metrics.RequestMeter;
import io.gtrace.server.organisation.Organisations;
import io.gtrace.server.study.Studies;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import java.time.InstantSource;
import java.util.List;

/** All questions that programs can ask. */
public final class Api implements HttpService, AutoCloseable {
  private final RequestMeter meter = new RequestMeter();
  private final Governance governance;
  private final Studies studies;
  private final List<HttpService> services;

  /**
   * @param clock tells what lies in the future
   */
  public Api(Organisations organisations, ApiOptions options, InstantSource clock) {
    FactorCatalogue names = organisations.all().iterator().next().card().catalogue();
    governance = new Governance(organisations, options);
    studies = new Studies(organisations, options.studies(), clock);
    services =
        List.of(
            new Footprints(organisations),
            new Estimates(organisations, clock),
            new EcoLogitsApi(names),
            new Catalogue(organisations, clock),
            new Ledgers(organisations),
            new Metrics(organisations, meter),
            new Description(),
            governance,
            studies);
  }

  /** Counts all requests of the server. */
  public RequestMeter meter() {
    return meter;
  }

  /** Studies that run or have run here. */
  public Studies studies() {
    return studies;
  }

  @Override
  public void routing(HttpRules rules) {
    services.forEach(each -> each.routing(rules));
  }

  /** Ends what is still computed. */
  @Override
  public void close() {
    studies.close();
    governance.close();
  }
}
