package io.gtrace.server.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import io.gtrace.ledger.InputFormat;
import io.gtrace.ledger.Refusal;
import io.gtrace.ledger.UsageDefaults;
import io.gtrace.ledger.UsageDelivery;
import io.gtrace.server.access.Caller;
import io.gtrace.server.http.Problem;
import io.gtrace.server.organisation.Organisation;
import io.gtrace.server.organisation.Organisations;
import io.gtrace.server.organisation.SentDelivery;
import io.helidon.http.Status;
import java.io.IOException;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Takes telemetry, whatever way it comes, and keeps the usage in it. What is no call of a model is
 * passed over: whoever sends it need not know what is usage. Safe for use by many threads.
 */
public final class Receiver {
  private static final int EXAMPLES = 5;
  private static final JsonFactory JSON = new JsonFactory();

  private final Organisations organisations;

  public Receiver(Organisations organisations) {
    this.organisations = organisations;
  }

  /**
   * What came of a request: all usage in it is kept but that which is rejected.
   *
   * @param rejected how many spans, points or events
   * @param message why, for people; empty if there are none
   */
  record Taken(long rejected, String message) {}

  /**
   * Takes a request in protobuf.
   *
   * @param room told of bytes that it takes in memory beside the request
   * @throws Problem if it is none
   * @throws io.gtrace.server.journal.OverloadException if it cannot be kept now
   */
  Taken protobuf(Caller caller, Signal signal, byte[] request, IntConsumer room) {
    Organisation organisation = organisations.of(caller);
    SentDelivery sent = organisation.sentOnce();
    UsageDelivery delivery = organisation.delivery(sent, UsageDefaults.NONE, caller.team(), room);
    try {
      signal.reader(delivery.records("request", signal.format())).read(request);
    } catch (InvalidProtocolBufferException broken) {
      throw Problem.of(
          Status.BAD_REQUEST_400,
          "not readable as protobuf of "
              + signal.path()
              + ", nothing of it was taken: "
              + broken.getMessage());
    } catch (IOException ofMemory) {
      throw new IllegalStateException(ofMemory);
    }
    return keep(organisation, caller, sent, delivery);
  }

  /**
   * Takes a request in JSON.
   *
   * @param room told of bytes that it takes in memory beside the request
   * @throws Problem if it is none
   * @throws tools.jackson.core.JacksonException if it is no JSON
   * @throws io.gtrace.server.journal.OverloadException if it cannot be kept now
   */
  Taken json(Caller caller, Signal signal, byte[] request, IntConsumer room) {
    requireObject(request);
    Organisation organisation = organisations.of(caller);
    SentDelivery sent = organisation.sentOnce();
    UsageDelivery delivery = organisation.delivery(sent, UsageDefaults.NONE, caller.team(), room);
    delivery.read("request", request, new InputFormat.Defined(signal.format()));
    return keep(organisation, caller, sent, delivery);
  }

  /** Nothing is taken of what breaks off, as with protobuf. */
  private static void requireObject(byte[] request) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), request)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw Problem.of(Status.BAD_REQUEST_400, "a request in JSON is one object");
      }
      parser.skipChildren();
      if (parser.nextToken() != null) {
        throw Problem.of(Status.BAD_REQUEST_400, "a request in JSON is one object, not several");
      }
    }
  }

  private static Taken keep(
      Organisation organisation, Caller caller, SentDelivery sent, UsageDelivery delivery) {
    UsageDelivery.Accepted accepted = delivery.finish();
    organisation.keep(caller, sent, accepted);
    return new Taken(accepted.refused(), message(accepted));
  }

  private static String message(UsageDelivery.Accepted accepted) {
    if (accepted.refused() == 0) {
      return "";
    }
    String examples =
        accepted.refusals().stream()
            .limit(EXAMPLES)
            .map(Receiver::inWords)
            .collect(Collectors.joining("; "));
    return String.format(
        Locale.ROOT,
        "%,d of %,d calls are not accounted: %s%s",
        accepted.refused(),
        accepted.refused() + accepted.accepted(),
        examples,
        accepted.refused() > EXAMPLES ? "; and so on" : "");
  }

  private static String inWords(Refusal refusal) {
    return (refusal.field().isEmpty() ? "" : refusal.field() + " ") + refusal.reason();
  }
}
