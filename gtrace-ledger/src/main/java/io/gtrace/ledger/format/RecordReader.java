package io.gtrace.ledger.format;

import io.gtrace.ledger.format.FormatDefinition.Step;
import io.gtrace.ledger.format.ObjectReader.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/**
 * Finds the records of a format in JSON objects. A record takes over what the objects around it
 * hold and it does not itself; it waits until they end, unless there are very many.
 */
final class RecordReader {
  private static final int MOST_WAITING = 1_000;

  private final CompiledFormat format;
  private final FieldReader fields;
  private final List<Step> steps;
  private final Consumer<FieldValues> sink;
  private final LongConsumer orphans;
  private final List<FieldValues> waiting = new ArrayList<>();
  private final List<FieldValues> around = new ArrayList<>();
  private final int[] waitingFrom;
  private long line = ObjectReader.NONE;

  /**
   * @param sink takes records
   * @param orphans takes the lines of those of which it is not known what was around them
   */
  RecordReader(
      CompiledFormat format, JsonFactory json, Consumer<FieldValues> sink, LongConsumer orphans) {
    this.format = format;
    fields = new FieldReader(json);
    steps = format.definition().records();
    this.sink = sink;
    this.orphans = orphans;
    waitingFrom = new int[steps.size() + 1];
  }

  /** Reads the object at which a parser stands, to its end; its records wait. */
  void read(JsonParser parser, Place place) {
    around.clear();
    line = lineOf(parser, place);
    FieldValues own = new FieldValues(format.slotCount(), line);
    waitingFrom[0] = waiting.size();
    around.add(own);
    boolean leadsOn = false;
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      int depth = depthAfter(name);
      if (depth > 0) {
        leadsOn = true;
        parser.nextToken();
        further(parser, place, depth);
      } else {
        fields.field(parser, format.root(), name, own);
      }
    }
    inherit(own, waitingFrom[0]);
    around.clear();
    if (!leadsOn && place.fragment() && steps.size() > 1) {
      // Without what is around it, such as the time of its bucket, it would be accounted wrongly.
      orphans.accept(line);
    } else if (!leadsOn) {
      waiting.add(own);
    }
    line = ObjectReader.NONE;
  }

  /** How far a field of a document leads towards the records; 0 if it does not. */
  private int depthAfter(String name) {
    for (int depth = 0; depth < steps.size(); depth++) {
      if (steps.get(depth).keys().contains(name)) {
        return depth + 1;
      }
    }
    return 0;
  }

  private static long lineOf(JsonParser parser, Place place) {
    return place.held()
        ? place.firstLine()
        : place.firstLine() + Math.max(1, parser.currentTokenLocation().getLineNr()) - 1;
  }

  private void level(JsonParser parser, Place place, int depth) {
    line = lineOf(parser, place);
    FieldValues own = new FieldValues(format.slotCount(), line);
    if (depth == steps.size()) {
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        fields.field(parser, format.root(), name, own);
      }
      line = ObjectReader.NONE;
      add(own, place);
      return;
    }
    int at = around.size();
    waitingFrom[at] = waiting.size();
    around.add(own);
    List<String> keys = steps.get(depth).keys();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      if (keys.contains(name)) {
        parser.nextToken();
        further(parser, place, depth + 1);
      } else {
        fields.field(parser, format.root(), name, own);
      }
    }
    around.remove(at);
    inherit(own, waitingFrom[at]);
  }

  private void further(JsonParser parser, Place place, int depth) {
    boolean list = steps.get(depth - 1).list();
    if (parser.currentToken() == JsonToken.START_OBJECT && !list) {
      level(parser, place, depth);
    } else if (parser.currentToken() == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (list && parser.currentToken() == JsonToken.START_OBJECT) {
          level(parser, place, depth);
        } else {
          parser.skipChildren();
        }
      }
    } else {
      parser.skipChildren();
    }
  }

  private void add(FieldValues record, Place place) {
    waiting.add(record);
    if (waiting.size() >= MOST_WAITING && !place.held()) {
      release();
    }
  }

  private void inherit(FieldValues parent, int from) {
    for (int i = from; i < waiting.size(); i++) {
      waiting.get(i).inherit(parent);
    }
  }

  /** Hands out what waits, also where what is around it has not ended. */
  void release() {
    for (int i = around.size() - 1; i >= 0; i--) {
      inherit(around.get(i), waitingFrom[i]);
      waitingFrom[i] = 0;
    }
    waiting.forEach(sink);
    waiting.clear();
  }

  void drop() {
    waiting.clear();
    around.clear();
    line = ObjectReader.NONE;
  }

  /** The line at which the record begins that is being read. */
  long line() {
    return line;
  }
}
