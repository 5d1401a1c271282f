package io.gtrace.opentelemetry;

import io.gtrace.call.CallAccounting;
import io.gtrace.call.PricedCall;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Quantity;
import io.gtrace.site.Site;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Adds what a call cost to its GenAI span, then exports the span as another exporter does. It works
 * where spans are exported, behind the batch processor, so that no call waits for it.
 *
 * <p>Attributes, each with its interval of 90 % as {@code .low} and {@code .high}: {@code
 * gtrace.energy.kwh}, {@code gtrace.carbon.kg} (operational location-based and embodied, CO2e),
 * {@code gtrace.water.l}; and {@code gtrace.factor_set}, the digest of the factors behind them.
 */
public final class FootprintSpanExporter implements SpanExporter {
  private static final Figure ENERGY = new Figure("gtrace.energy", "kwh");
  private static final Figure CARBON = new Figure("gtrace.carbon", "kg");
  private static final Figure WATER = new Figure("gtrace.water", "l");
  private static final AttributeKey<String> FACTOR_SET =
      AttributeKey.stringKey("gtrace.factor_set");

  private final SpanExporter next;
  private final CallAccounting accounting;
  private final Site site;

  /** A figure and the bounds of its interval. */
  private static final class Figure {
    private final AttributeKey<Double> median;
    private final AttributeKey<Double> low;
    private final AttributeKey<Double> high;

    private Figure(String name, String unit) {
      median = AttributeKey.doubleKey(name + "." + unit);
      low = AttributeKey.doubleKey(name + ".low." + unit);
      high = AttributeKey.doubleKey(name + ".high." + unit);
    }

    private void put(AttributesBuilder attributes, Quantity quantity) {
      attributes.put(median, quantity.median()).put(low, quantity.low()).put(high, quantity.high());
    }
  }

  private FootprintSpanExporter(SpanExporter next, CallAccounting accounting, Site site) {
    this.next = next;
    this.accounting = accounting;
    this.site = site;
  }

  /**
   * Adds footprints to what an exporter exports.
   *
   * @param accounting prices the calls, and counts them for whoever it was given
   */
  public static FootprintSpanExporter around(SpanExporter next, CallAccounting accounting) {
    return new FootprintSpanExporter(next, accounting, Site.parse(""));
  }

  /**
   * The same for models that run at a place, such as {@code eu-west-3}, {@code FR} or {@code
   * rtx-4090@DE}; without, each runs where its provider usually runs it.
   */
  public FootprintSpanExporter at(String place) {
    return new FootprintSpanExporter(next, accounting, Site.parse(place));
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    List<SpanData> enriched = new ArrayList<>(spans.size());
    for (SpanData span : spans) {
      enriched.add(priced(span).map(call -> with(span, call)).orElse(span));
    }
    return next.export(enriched);
  }

  private Optional<PricedCall> priced(SpanData span) {
    try {
      return GenAiSpan.activity(span, site).flatMap(accounting::account);
    } catch (IllegalArgumentException noCall) {
      // An amount that no call can have, such as tokens below zero: the span is exported as it is.
      return Optional.empty();
    }
  }

  private static SpanData with(SpanData span, PricedCall call) {
    Footprint footprint = call.footprint();
    AttributesBuilder attributes = span.getAttributes().toBuilder();
    ENERGY.put(attributes, footprint.energyKwh());
    CARBON.put(attributes, footprint.carbonKg());
    WATER.put(attributes, footprint.waterL());
    attributes.put(FACTOR_SET, footprint.factorSet());
    return new Priced(span, attributes.build());
  }

  /** A span with more attributes. */
  private static final class Priced extends DelegatingSpanData {
    private final Attributes attributes;
    private final int added;

    Priced(SpanData span, Attributes attributes) {
      super(span);
      this.attributes = attributes;
      added = attributes.size() - span.getAttributes().size();
    }

    @Override
    public Attributes getAttributes() {
      return attributes;
    }

    @Override
    public int getTotalAttributeCount() {
      return super.getTotalAttributeCount() + added;
    }
  }

  @Override
  public CompletableResultCode flush() {
    return next.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return next.shutdown();
  }
}
