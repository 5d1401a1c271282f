package io.gtrace.server.api;

import io.gtrace.ecologits.DataCentre;
import io.gtrace.ecologits.EcoLogits;
import io.gtrace.ecologits.EcoLogitsCatalogue;
import io.gtrace.ecologits.EcoLogitsCatalogue.Entry;
import io.gtrace.ecologits.ElectricityMix;
import io.gtrace.ecologits.RequestImpacts;
import io.gtrace.ecologits.ServedModel;
import io.gtrace.ecologits.ValueRange;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.server.access.Caller;
import io.gtrace.server.access.CallerHandler;
import io.gtrace.server.access.Gatekeeper;
import io.gtrace.server.access.Scope;
import io.gtrace.server.http.Body;
import io.gtrace.server.http.Json;
import io.gtrace.server.http.MadeOnce;
import io.gtrace.server.http.Methods;
import io.gtrace.server.http.Parameters;
import io.gtrace.server.http.Problem;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * The interface of the EcoLogits API (mlco2/ecologits-api, which api.ecologits.ai runs), so that
 * its clients need another address and nothing else: its paths, under {@code /v1beta} and the
 * earlier {@code /v1}, its fields, its answers. Computed by the {@linkplain EcoLogits same
 * methodology}.
 */
final class EcoLogitsApi implements HttpService {
  private static final int MOST_BYTES = 1 << 16;
  private static final String WORLD = "WOR";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Supplier<EcoLogitsCatalogue> catalogue;

  EcoLogitsApi(FactorCatalogue names) {
    catalogue = new MadeOnce<>(() -> EcoLogitsCatalogue.shipped(names));
  }

  @Override
  public void routing(HttpRules rules) {
    version(rules, "/v1beta", Optional.empty());
    // The first version took the mix of the world where the caller named none.
    version(rules, "/v1", Optional.of(WORLD));
    post(rules, "/v1beta/expert-estimations", this::expertEstimation);
  }

  private void version(HttpRules rules, String prefix, Optional<String> usualZone) {
    get(rules, prefix + "/providers", this::providers);
    get(rules, prefix + "/models/{provider}", this::models);
    get(rules, prefix + "/electricity-mix-zones/{zone}", this::mix);
    post(
        rules,
        prefix + "/estimations",
        (caller, request, response) -> estimation(request, response, usualZone));
  }

  private static void get(HttpRules rules, String path, CallerHandler handler) {
    Methods.at(rules, path).get(Gatekeeper.requiring(Scope.READ, handler)).only();
  }

  private static void post(HttpRules rules, String path, CallerHandler handler) {
    Methods.at(rules, path).post(Gatekeeper.requiring(Scope.READ, handler)).only();
  }

  private void providers(Caller caller, ServerRequest request, ServerResponse response) {
    Parameters.of(request);
    Json.send(
        response,
        json -> {
          json.writeArrayPropertyStart("providers");
          catalogue.get().providers().forEach(json::writeString);
          json.writeEndArray();
        });
  }

  private void models(Caller caller, ServerRequest request, ServerResponse response) {
    Parameters.of(request);
    List<Entry> models = catalogue.get().modelsOf(request.path().pathParameters().get("provider"));
    if (models.isEmpty()) {
      throw Problem.of(Status.NOT_FOUND_404, "Provider not found");
    }
    Json.send(
        response,
        json -> {
          json.writeArrayPropertyStart("models");
          models.forEach(each -> model(json, each));
          json.writeEndArray();
        });
  }

  private static void model(JsonGenerator json, Entry model) {
    ServedModel served = model.served();
    boolean dense = served.activeParametersB().equals(served.totalParametersB());
    json.writeStartObject();
    json.writeStringProperty("provider", model.provider());
    json.writeStringProperty("name", model.name());
    json.writeObjectPropertyStart("architecture");
    json.writeStringProperty("type", dense ? "dense" : "moe");
    json.writeName("parameters");
    if (dense) {
      valueOrRange(json, served.totalParametersB());
    } else {
      json.writeStartObject();
      json.writeName("total");
      valueOrRange(json, served.totalParametersB());
      json.writeName("active");
      valueOrRange(json, served.activeParametersB());
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeObjectPropertyStart("deployment");
    optional(json, "tps", served.tokensPerS());
    optional(json, "ttft", served.timeToFirstTokenS());
    json.writeEndObject();
    json.writeArrayPropertyStart("warnings");
    json.writeEndArray();
    json.writeArrayPropertyStart("sources");
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void optional(JsonGenerator json, String name, OptionalDouble value) {
    if (value.isPresent()) {
      json.writeNumberProperty(name, value.getAsDouble());
    } else {
      json.writeNullProperty(name);
    }
  }

  private void mix(Caller caller, ServerRequest request, ServerResponse response) {
    Parameters.of(request);
    String zone = request.path().pathParameters().get("zone");
    ElectricityMix mix =
        catalogue
            .get()
            .findMix(zone)
            .orElseThrow(() ->
                Problem.of(
                    Status.NOT_FOUND_404,
                    "Electricity mix zone '" + zone + "' is not supported by EcoLogits"));
    Json.send(
        response,
        json -> {
          json.writeObjectPropertyStart("electricity_mix");
          json.writeStringProperty("zone", zone);
          json.writeNumberProperty("adpe", mix.adpeKgSbEqPerKwh());
          json.writeNumberProperty("pe", mix.primaryEnergyMjPerKwh());
          json.writeNumberProperty("gwp", mix.gwpKgPerKwh());
          json.writeNumberProperty("wue", mix.waterLPerKwh());
          json.writeEndObject();
        });
  }

  private void estimation(
      ServerRequest request, ServerResponse response, Optional<String> usualZone) {
    Parameters.of(request);
    Asked asked = Asked.of(request);
    String provider = asked.text("provider");
    String name = asked.text("model_name");
    double tokens = asked.number("output_token_count");
    OptionalDouble latency = asked.optionalNumber("request_latency");
    Optional<Entry> model = catalogue.get().find(provider, name);
    if (model.isEmpty()) {
      refuse(
          response,
          "model-not-registered",
          "Could not find model `" + name + "` for " + provider + " provider.");
      return;
    }
    String zone =
        asked
            .optionalText("datacenter_location")
            .or(() -> asked.optionalText("electricity_mix_zone"))
            .or(() -> usualZone)
            .orElseGet(() -> catalogue.get().zone(model.get()));
    Optional<ElectricityMix> mix = catalogue.get().findMix(zone);
    if (mix.isEmpty()) {
      refuse(
          response,
          "zone-not-registered",
          "Could not find electricity mix for `" + zone + "` zone.");
      return;
    }
    answer(
        response,
        EcoLogits.impacts(
            model.get().served(),
            tokens,
            latency,
            mix.get(),
            catalogue.get().dataCentre(model.get())));
  }

  /** The same with a model, a place and a mix that the caller describes by their numbers. */
  private void expertEstimation(Caller caller, ServerRequest request, ServerResponse response) {
    Parameters.of(request);
    Asked asked = Asked.of(request);
    answer(
        response,
        EcoLogits.impacts(
            new ServedModel(
                asked.range("model_active_params"),
                asked.range("model_total_params"),
                asked.optionalNumber("tps"),
                asked.optionalNumber("ttft")),
            asked.number("output_token_count"),
            asked.optionalNumber("request_latency"),
            new ElectricityMix(
                asked.number("electricity_mix_gwp"),
                asked.number("electricity_mix_adpe"),
                asked.number("electricity_mix_pe"),
                asked.number("electricity_mix_wue")),
            new DataCentre(asked.range("datacenter_pue"), asked.range("datacenter_wue"))));
  }

  /** What the body of a request says. */
  private record Asked(JsonNode body) {
    static Asked of(ServerRequest request) {
      JsonNode body = MAPPER.readTree(Body.of(request, MOST_BYTES));
      if (body == null || !body.isObject()) {
        throw Problem.of(Status.UNPROCESSABLE_CONTENT_422, "the body must be a JSON object");
      }
      return new Asked(body);
    }

    private static Problem wrong(String name, String what) {
      return Problem.of(Status.UNPROCESSABLE_CONTENT_422, name + " " + what);
    }

    Optional<String> optionalText(String name) {
      JsonNode value = body.path(name);
      if (value.isMissingNode() || value.isNull()) {
        return Optional.empty();
      }
      if (!value.isString()) {
        throw wrong(name, "must be a text");
      }
      return Optional.of(value.stringValue());
    }

    String text(String name) {
      return optionalText(name).orElseThrow(() -> wrong(name, "is missing"));
    }

    OptionalDouble optionalNumber(String name) {
      JsonNode value = body.path(name);
      if (value.isMissingNode() || value.isNull()) {
        return OptionalDouble.empty();
      }
      if (!value.isNumber()) {
        throw wrong(name, "must be a number");
      }
      return OptionalDouble.of(value.doubleValue());
    }

    double number(String name) {
      return optionalNumber(name).orElseThrow(() -> wrong(name, "is missing"));
    }

    /** A number, or an object with {@code min} and {@code max}. */
    ValueRange range(String name) {
      JsonNode value = body.path(name);
      return value.isObject()
          ? new ValueRange(new Asked(value).number("min"), new Asked(value).number("max"))
          : ValueRange.exactly(number(name));
    }
  }

  private static void refuse(ServerResponse response, String code, String message) {
    Json.send(
        response,
        json -> {
          json.writeObjectPropertyStart("impacts");
          List.of("energy", "gwp", "adpe", "pe", "wcf", "usage", "embodied", "warnings")
              .forEach(json::writeNullProperty);
          json.writeArrayPropertyStart("errors");
          json.writeStartObject();
          json.writeStringProperty("code", code);
          json.writeStringProperty("message", message);
          json.writeEndObject();
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void answer(ServerResponse response, RequestImpacts impacts) {
    Json.send(
        response,
        json -> {
          json.writeObjectPropertyStart("impacts");
          energy(json, impacts);
          gwp(json, impacts.gwpKg());
          adpe(json, impacts.adpeKgSbEq());
          primaryEnergy(json, impacts.primaryEnergyMj());
          water(json, impacts);
          json.writeObjectPropertyStart("usage");
          json.writeStringProperty("type", "usage");
          json.writeStringProperty("name", "Usage");
          energy(json, impacts);
          gwp(json, impacts.usageGwpKg());
          adpe(json, impacts.usageAdpeKgSbEq());
          primaryEnergy(json, impacts.usagePrimaryEnergyMj());
          water(json, impacts);
          json.writeEndObject();
          json.writeObjectPropertyStart("embodied");
          json.writeStringProperty("type", "embodied");
          json.writeStringProperty("name", "Embodied");
          gwp(json, impacts.embodiedGwpKg());
          adpe(json, impacts.embodiedAdpeKgSbEq());
          primaryEnergy(json, impacts.embodiedPrimaryEnergyMj());
          json.writeEndObject();
          json.writeNullProperty("warnings");
          json.writeNullProperty("errors");
          json.writeEndObject();
        });
  }

  private static void energy(JsonGenerator json, RequestImpacts impacts) {
    impact(json, "energy", "energy", "Energy", impacts.energyKwh(), "kWh");
  }

  private static void gwp(JsonGenerator json, ValueRange kg) {
    impact(json, "gwp", "GWP", "Global Warming Potential", kg, "kgCO2eq");
  }

  private static void adpe(JsonGenerator json, ValueRange kg) {
    impact(json, "adpe", "ADPe", "Abiotic Depletion Potential (elements)", kg, "kgSbeq");
  }

  private static void primaryEnergy(JsonGenerator json, ValueRange mj) {
    impact(json, "pe", "PE", "Primary Energy", mj, "MJ");
  }

  private static void water(JsonGenerator json, RequestImpacts impacts) {
    impact(json, "wcf", "WCF", "Water Consumption Footprint", impacts.waterL(), "L");
  }

  private static void impact(
      JsonGenerator json, String field, String type, String name, ValueRange value, String unit) {
    json.writeObjectPropertyStart(field);
    json.writeStringProperty("type", type);
    json.writeStringProperty("name", name);
    json.writeName("value");
    minAndMax(json, value);
    json.writeStringProperty("unit", unit);
    json.writeEndObject();
  }

  private static void valueOrRange(JsonGenerator json, ValueRange value) {
    if (value.low() == value.high()) {
      json.writeNumber(value.low());
    } else {
      minAndMax(json, value);
    }
  }

  private static void minAndMax(JsonGenerator json, ValueRange value) {
    json.writeStartObject();
    json.writeNumberProperty("min", value.low());
    json.writeNumberProperty("max", value.high());
    json.writeEndObject();
  }
}
