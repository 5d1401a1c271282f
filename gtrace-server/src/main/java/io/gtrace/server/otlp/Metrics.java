package io.gtrace.server.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import io.gtrace.ledger.format.FormatRecords;
import io.gtrace.ledger.format.FormatRecords.Values;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads points of histograms: what a sum has grown to, or grew by, since a start. */
final class Metrics extends Telemetry {
  private static final int NAME = Tag.delimited(Metric.NAME_FIELD_NUMBER);
  private static final int START =
      Tag.fixed64(HistogramDataPoint.START_TIME_UNIX_NANO_FIELD_NUMBER);
  private static final int TIME = Tag.fixed64(HistogramDataPoint.TIME_UNIX_NANO_FIELD_NUMBER);
  private static final int COUNT = Tag.fixed64(HistogramDataPoint.COUNT_FIELD_NUMBER);
  private static final int SUM = Tag.fixed64(HistogramDataPoint.SUM_FIELD_NUMBER);
  private static final String TOKEN_USAGE = "gen_ai.client.token.usage";
  private static final String TOKEN_TYPE = "gen_ai.token.type";

  Metrics(FormatRecords records) {
    super(records);
  }

  /** Counts and sums are in the same fields of either kind of histogram; attributes are not. */
  private static final int ATTRIBUTE = Tag.delimited(HistogramDataPoint.ATTRIBUTES_FIELD_NUMBER);

  private static final int EXPONENTIAL_ATTRIBUTE =
      Tag.delimited(ExponentialHistogramDataPoint.ATTRIBUTES_FIELD_NUMBER);

  /** A point that waits for the others of its histogram. */
  private static final class Point {
    private final Values values;
    private final Set<ByteString> series = new HashSet<>();
    private long start;

    Point(Values values) {
      this.values = values;
    }
  }

  @Override
  void item(Part item, Values around) throws IOException {
    String name = name(item);
    if (name.equals(TOKEN_USAGE)) {
      item.each(
          Metric.HISTOGRAM_FIELD_NUMBER, histogram -> histogram(histogram, ATTRIBUTE, around));
      item.each(
          Metric.EXPONENTIAL_HISTOGRAM_FIELD_NUMBER,
          histogram -> histogram(histogram, EXPONENTIAL_ATTRIBUTE, around));
    }
  }

  private static String name(Part metric) throws IOException {
    String name = "";
    CodedInputStream in = metric.open();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == NAME) {
        name = in.readStringRequireUtf8();
      } else {
        Part.skip(in, tag);
      }
    }
    return name;
  }

  /**
   * Tokens read and written by the same calls are points of two series, of which one may have begun
   * some nanoseconds later; what they count began with the first.
   */
  private void histogram(Part histogram, int attributeTag, Values around) throws IOException {
    List<Point> points = new ArrayList<>();
    Map<Set<ByteString>, Long> starts = new HashMap<>();
    histogram.each(
        Histogram.DATA_POINTS_FIELD_NUMBER, part -> points.add(point(part, attributeTag)));
    points.forEach(point -> starts.merge(point.series, point.start, Metrics::earlier));
    for (Point point : points) {
      putTime(point.values, "startTimeUnixNano", starts.getOrDefault(point.series, point.start));
      end(point.values, around);
    }
  }

  private static long earlier(long one, long other) {
    return Long.compareUnsigned(one, other) < 0 ? one : other;
  }

  private Point point(Part part, int attributeTag) throws IOException {
    Point point = new Point(begin());
    put(point.values, "name", TOKEN_USAGE);
    CodedInputStream in = part.open();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == attributeTag) {
        Part attribute = part.next(in);
        attribute(attribute, point.values);
        if (!Attribute.key(attribute).equals(TOKEN_TYPE)) {
          point.series.add(attribute.bytes());
        }
      } else if (tag == START) {
        point.start = in.readFixed64();
      } else if (tag == TIME) {
        putTime(point.values, "timeUnixNano", in.readFixed64());
      } else if (tag == COUNT) {
        put(point.values, "count", Long.toUnsignedString(in.readFixed64()));
      } else if (tag == SUM) {
        put(point.values, "sum", Attribute.number(in.readDouble()));
      } else {
        Part.skip(in, tag);
      }
    }
    return point;
  }
}
