package io.gtrace.server.otlp;

import io.gtrace.ledger.format.FormatRecords;
import io.gtrace.ledger.format.FormatRecords.Fields;
import io.gtrace.ledger.format.FormatRecords.Values;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.io.IOException;

/**
 * Reads the records of a request. Requests with spans, metrics and logs are built alike: below a
 * resource are scopes, below a scope the items, in fields of the same numbers.
 */
abstract class Telemetry {
  private static final int RESOURCES = ExportTraceServiceRequest.RESOURCE_SPANS_FIELD_NUMBER;
  private static final int RESOURCE = ResourceSpans.RESOURCE_FIELD_NUMBER;
  private static final int SCOPES = ResourceSpans.SCOPE_SPANS_FIELD_NUMBER;
  private static final int SCOPE = ScopeSpans.SCOPE_FIELD_NUMBER;
  private static final int ITEMS = ScopeSpans.SPANS_FIELD_NUMBER;

  private final FormatRecords records;
  private final Fields own;
  private final Fields attributes;
  private final Fields around;
  private long items;

  Telemetry(FormatRecords records) {
    this.records = records;
    own = records.fields();
    attributes = records.below("attributes");
    around = records.below("resource.attributes");
  }

  /**
   * Reads a request; its usage has been handed out then.
   *
   * @throws com.google.protobuf.InvalidProtocolBufferException if it is none
   */
  final void read(byte[] request) throws IOException {
    Part.whole(request).each(RESOURCES, this::resource);
  }

  private void resource(Part resource) throws IOException {
    Values values = records.begin(items);
    resource.each(RESOURCE, part -> attributes(part, Resource.ATTRIBUTES_FIELD_NUMBER, values));
    resource.each(SCOPES, scope -> scope(scope, values));
  }

  private void scope(Part scope, Values resource) throws IOException {
    Values values = records.begin(items);
    scope.each(
        SCOPE, part -> attributes(part, InstrumentationScope.ATTRIBUTES_FIELD_NUMBER, values));
    values.inherit(resource);
    scope.each(ITEMS, item -> item(item, values));
  }

  private void attributes(Part part, int field, Values values) throws IOException {
    part.each(field, attribute -> Attribute.read(attribute, around, values));
  }

  /**
   * Reads a span, metric or event.
   *
   * @param around what its scope and resource say
   */
  abstract void item(Part item, Values around) throws IOException;

  final Values begin() {
    items++;
    return records.begin(items);
  }

  final void attribute(Part attribute, Values values) throws IOException {
    Attribute.read(attribute, attributes, values);
  }

  /** Gives a record a field of its own. */
  final void put(Values values, String name, String text) {
    own.put(values, name, () -> text);
  }

  /** Gives a record a time in nanoseconds since 1970, of which 0 means none. */
  final void putTime(Values values, String name, long unixNano) {
    if (unixNano != 0) {
      own.put(values, name, () -> Long.toUnsignedString(unixNano));
    }
  }

  final void end(Values values, Values around) {
    values.inherit(around);
    records.end(values);
  }
}
