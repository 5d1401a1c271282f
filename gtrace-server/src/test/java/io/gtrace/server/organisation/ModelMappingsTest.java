package io.gtrace.server.organisation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.factor.FactorCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelMappingsTest {
  @TempDir private Path folder;

  @Test
  void newerFactorsKeepTheNamesThatTheyGiveAndLoseNoServer() throws IOException {
    FactorCatalogue shipped = FactorCatalogue.shipped();
    ModelMappings mappings = new ModelMappings(folder);
    assertThat(mappings.writeAnew(shipped)).as("nothing was said").isFalse();
    mappings.add(shipped, "our-chat", "gpt-4o");
    Files.writeString(
        folder.resolve("model-mappings.jsonl"),
        "{\"name\": \"our-old\", \"model\": \"a-model-of-long-ago\"}\n",
        StandardOpenOption.APPEND);
    Path own =
        Files.writeString(
            folder.resolve("own.yaml"), "models:\n  - id: gpt-4o\n    aliases: [chat-prod]\n");
    FactorCatalogue newer = FactorCatalogue.shippedWith(own);
    Files.delete(own);
    assertThat(mappings.writeAnew(newer)).isTrue();
    FactorCatalogue mapped = newer.with(mappings.factors());
    for (String name : new String[] {"our-chat", "chat-prod"}) {
      assertThat(mapped.findModel(name))
          .hasValueSatisfying(model -> assertThat(model.id()).isEqualTo("gpt-4o"));
    }
    assertThat(mapped.findModel("our-old")).isEmpty();
  }
}
