package io.gtrace.estimate;

import io.gtrace.activity.Driver;
import io.gtrace.factor.Factor;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Model;
import java.util.Set;

/** Text generation and embedding: {@link TokenLaw} by token, and the network by byte. */
final class TokenEstimator implements Estimator {
  private static final Set<Driver> DRIVERS =
      Set.of(
          Driver.REQUESTS,
          Driver.INPUT_TOKENS,
          Driver.CACHED_INPUT_TOKENS,
          Driver.INPUT_TOKEN_PAIRS,
          Driver.OUTPUT_TOKENS,
          Driver.CONTEXT_TOKEN_READS);

  private final TokenLaw law;
  private final ServerOverhead overhead;
  private final Network network;
  private final Factor bytesPerToken;
  private final Factor bytesPerRequest;

  TokenEstimator(FactorCatalogue catalogue, Model model, Deployment deployment) {
    law = new TokenLaw(catalogue, model, deployment);
    overhead = new ServerOverhead(catalogue, deployment);
    network = new Network(catalogue, deployment);
    bytesPerToken = catalogue.assumption("network-bytes-per-token");
    bytesPerRequest = catalogue.assumption("network-bytes-per-request");
  }

  @Override
  public Set<Driver> drivers() {
    return DRIVERS;
  }

  @Override
  public UnitRate rate(Driver driver, FactorState state) {
    return switch (driver) {
      case REQUESTS -> network.carrying(bytesPerRequest, state);
      case INPUT_TOKENS -> withNetwork(overhead.of(law.prefillJ(state), state), state);
      case CACHED_INPUT_TOKENS -> withNetwork(overhead.of(law.cachedInputJ(state), state), state);
      case OUTPUT_TOKENS -> withNetwork(overhead.of(law.decodeJ(state), state), state);
      case INPUT_TOKEN_PAIRS -> overhead.of(law.pairJ(state), state);
      case CONTEXT_TOKEN_READS -> overhead.of(law.contextReadJ(state), state);
      default -> UnitRate.NONE;
    };
  }

  private UnitRate withNetwork(UnitRate rate, FactorState state) {
    return rate.withNetworkKwh(network.carrying(bytesPerToken, state).networkKwh());
  }

  @Override
  public String formula(Driver driver) {
    return switch (driver) {
      case REQUESTS -> Network.FORMULA;
      case INPUT_TOKENS -> TokenLaw.PREFILL + "; " + ServerOverhead.FORMULA;
      case CACHED_INPUT_TOKENS ->
          "share of a fresh token × " + TokenLaw.PREFILL + "; " + ServerOverhead.FORMULA;
      case OUTPUT_TOKENS -> TokenLaw.DECODE + "; " + ServerOverhead.FORMULA;
      case INPUT_TOKEN_PAIRS -> TokenLaw.ATTENTION + "; " + ServerOverhead.FORMULA;
      case CONTEXT_TOKEN_READS -> TokenLaw.CONTEXT + "; " + ServerOverhead.FORMULA;
      default -> "";
    };
  }
}
