package io.gtrace.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gtrace.activity.Modality;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** What gateways, clouds and hubs write into their logs; add what a log of yours has. */
class LoggedNamesTest {
  private static final FactorCatalogue CATALOGUE = FactorCatalogue.shipped();

  private static Optional<String> idOf(String name) {
    return CATALOGUE.findModel(name).map(Model::id);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "logged_names.csv", useHeadersInDisplayName = true)
  void aLoggedNameMeansItsModel(String loggedName, String modelId) {
    assertThat(idOf(loggedName)).contains(modelId);
    assertThat(idOf(modelId)).as("its id is a name of it too").contains(modelId);
  }

  /** A size, generation or snapshot of which there is no model must not be read away. */
  @ParameterizedTest
  @CsvFileSource(resources = "unknown_names.csv", useHeadersInDisplayName = true)
  void aNameOfNoModelStaysUnknown(String loggedName) {
    assertThat(idOf(loggedName)).isEmpty();
  }

  @Test
  void aTextFarLongerThanNamesIsNotReadButNamesTheNearest() {
    String text = "gpt-4o/".repeat(100_000) + "gpt-4o";
    assertThat(idOf(text)).isEmpty();
    UnknownNameException unknown =
        catchThrowableOfType(
            UnknownNameException.class,
            () -> CATALOGUE.model(text, Modality.TEXT, Fallback.REFUSE));
    assertThat(unknown.nearest()).contains("gpt-4o");
    assertThat(CATALOGUE.nearestPlaces("paris-".repeat(100_000))).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "Qwen/Qwen2.5-7B-Instruct-AWQ, qwen2.5-7b-instruct, INT4",
    "Qwen/Qwen2.5-7B-Instruct-GPTQ-Int8, qwen2.5-7b-instruct, INT8",
    "llama3.1:8b-instruct-q4_K_M, llama-3.1-8b-instruct, INT4",
    "Meta-Llama-3.1-8B-Instruct-Q8_0.gguf, llama-3.1-8b-instruct, INT8",
    "@cf/meta/llama-3.3-70b-instruct-fp8-fast, llama-3.3-70b-instruct, FP8",
    "unsloth/Llama-3.2-3B-Instruct-bnb-4bit, llama-3.2-3b-instruct, INT4",
    "deepseek-ai/DeepSeek-V3-AWQ, deepseek-v3, INT4"
  })
  void aStatedPrecisionIsThatOfTheModelAndItsSizeStays(
      String loggedName, String base, Precision precision) {
    Model known = CATALOGUE.findModel(base).orElseThrow();
    Model stated = CATALOGUE.findModel(loggedName).orElseThrow();
    assertThat(stated.precision()).contains(precision);
    assertThat(stated.id()).isEqualTo(base + "-" + precision.label());
    assertThat(stated.totalParametersB()).isEqualTo(known.totalParametersB());
    assertThat(stated.aliases()).contains(base);
  }

  @ParameterizedTest
  @CsvSource({
    "llama3.1:70b-instruct-fp16, llama-3.1-70b-instruct",
    "gpt-oss-20b-mxfp4, gpt-oss-20b",
    "deepseek-ai/DeepSeek-V3-fp8, deepseek-v3",
    "Qwen2.5-7B-Instruct-GGUF, qwen2.5-7b-instruct"
  })
  void theUsualPrecisionIsTheModelItself(String loggedName, String id) {
    assertThat(idOf(loggedName)).contains(id);
  }

  @ParameterizedTest
  @CsvSource({
    "gemini-2.5-flash-image, IMAGE",
    "gemini-3-pro-image-preview, IMAGE",
    "gemini-3.1-flash-image-preview, IMAGE",
    "gpt-4o-mini-tts, TEXT_TO_SPEECH",
    "gpt-4o-mini-transcribe-2025-03-20, SPEECH_TO_TEXT",
    "voxtral-mini-transcribe-2507, SPEECH_TO_TEXT",
    "my-embedder-embed-v2, EMBEDDING",
    "acme/tts-large, TEXT_TO_SPEECH",
    "acme-transcribe, SPEECH_TO_TEXT",
    "whisper-large-v9, SPEECH_TO_TEXT",
    "suno-v9, MUSIC",
    "acme-t2v-large, VIDEO",
    "claude-9, TEXT"
  })
  void theNameTellsWhatAModelIsUsedFor(String name, Modality modality) {
    assertThat(CATALOGUE.modalityOf(name)).contains(modality);
  }

  @Test
  void aNameThatTellsNothingHasNoModality() {
    assertThat(CATALOGUE.modalityOf("zorg")).isEmpty();
    assertThat(CATALOGUE.modalityOf("invoice-reader")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "anthropic/claude-sonnet-9, TEXT, claude-sonnet-5",
    "us.anthropic.claude-sonet-4-v1:0, TEXT, claude-sonnet-4-20250514",
    "lama-3-70b, TEXT, meta-llama-3-70b",
    "xyz, TEXT, ",
    "gemeni-2.5-pro, TEXT, gemini-2.5-pro",
    "sunoo, MUSIC, suno-v4",
    "elevenlab, TEXT_TO_SPEECH, eleven_v3",
    "elevenlabs/eleven_turbo_v9, TEXT_TO_SPEECH, eleven_turbo_v2",
    "whisperr, SPEECH_TO_TEXT, whisper-large-v2",
    "text-embeding-3-smal, EMBEDDING, text-embedding-3-small",
    "soar, VIDEO, sora-2"
  })
  void theNearestNamesAreOfTheModalityAskedFor(String name, Modality modality, String near) {
    UnknownNameException unknown =
        catchThrowableOfType(
            UnknownNameException.class, () -> CATALOGUE.model(name, modality, Fallback.REFUSE));
    assertThat(unknown.nearest())
        .hasSize(3)
        .allSatisfy(
            id -> assertThat(CATALOGUE.findModel(id).orElseThrow().modality()).isEqualTo(modality));
    if (near != null) {
      assertThat(unknown.nearest()).contains(near);
    }
  }

  @ParameterizedTest
  @CsvSource({"SPEECH_TO_TEXT", "TEXT_TO_SPEECH", "MUSIC", "EMBEDDING", "VIDEO", "IMAGE", "TEXT"})
  void anUnknownModelFallsBackWithinWhatItWasUsedFor(Modality modality) {
    Model standIn = CATALOGUE.model("zorg", modality, Fallback.ALLOW);
    assertThat(standIn.modality()).isEqualTo(modality);
    assertThat(standIn.notes().toString()).contains("zorg").contains(modality.label());
    assertThat(standIn.totalParametersB().high())
        .isGreaterThan(10 * standIn.totalParametersB().low());
  }

  @ParameterizedTest
  @CsvSource({
    "acme-70b, 70, 70, BF16",
    "acme/acme-30b-a3b-awq, 30, 3, INT4",
    "acme-8x7b-instruct, 47, 8, BF16",
    "acme-270m, 0.27, 0.27, BF16",
    "acme-2t-fp8, 2000, 2000, FP8"
  })
  void aStatedSizeIsThatOfTheStandIn(
      String name, double totalB, double activeB, Precision precision) {
    Model standIn = CATALOGUE.model(name, Modality.TEXT, Fallback.ALLOW);
    assertThat(standIn.totalParametersB().middle()).isBetween(totalB * 0.9, totalB * 1.1);
    assertThat(standIn.activeParametersB().middle()).isBetween(activeB * 0.9, activeB * 1.1);
    assertThat(standIn.precision()).contains(precision);
  }
}
