package io.gtrace.springai;

import io.gtrace.GTrace;
import io.gtrace.activity.Attribution;
import io.gtrace.activity.Context;
import io.gtrace.call.CallAccounting;
import io.gtrace.call.CallTotals;
import io.gtrace.call.CarbonBudget;
import io.gtrace.call.PricedCall;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.micrometer.FootprintMeters;
import io.gtrace.ratecard.RateCard;
import io.gtrace.site.Site;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.ai.model.observation.ModelObservationContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Accounts what Spring AI observes. Beans of type {@link CarbonBudget} are told of every call,
 * meters are counted where there is a {@link MeterRegistry}; every bean here gives way to one of
 * the application's.
 */
@AutoConfiguration
@ConditionalOnClass(ModelObservationContext.class)
@EnableConfigurationProperties(FootprintProperties.class)
public class FootprintAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  RateCard gtraceRateCard() {
    return GTrace.of(FactorCatalogue.shipped(), Fallback.ALLOW).card();
  }

  @Bean
  @ConditionalOnMissingBean
  CallTotals gtraceCallTotals(RateCard card) {
    return new CallTotals(card);
  }

  @Bean
  @ConditionalOnMissingBean
  CallAccounting gtraceCallAccounting(
      RateCard card,
      CallTotals totals,
      ObjectProvider<CarbonBudget> budgets,
      ObjectProvider<MeterRegistry> registry) {
    List<Consumer<PricedCall>> counting = new ArrayList<>();
    counting.add(totals);
    budgets.orderedStream().forEach(counting::add);
    registry.ifAvailable(meters -> counting.add(new FootprintMeters(meters)));
    return new CallAccounting(card, counting);
  }

  @Bean
  @ConditionalOnMissingBean
  FootprintObservationHandler gtraceObservationHandler(
      CallAccounting accounting, FootprintProperties properties, Environment environment) {
    String app =
        properties.app().isEmpty()
            ? environment.getProperty("spring.application.name", "")
            : properties.app();
    Attribution who = new Attribution(properties.team(), app, "");
    Site site = Site.parse(properties.site());
    InstantSource clock = InstantSource.system();
    return new FootprintObservationHandler(
        accounting, () -> new Context(Optional.of(clock.instant()), who, site));
  }

  /** Only where the application has an actuator. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(Endpoint.class)
  static class Actuator {
    @Bean
    @ConditionalOnMissingBean
    FootprintEndpoint gtraceEndpoint(CallTotals totals) {
      return new FootprintEndpoint(totals);
    }
  }
}
