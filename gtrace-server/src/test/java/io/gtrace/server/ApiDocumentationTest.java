package io.gtrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.ObjectMapper;

/** What docs/api.md tells people to type is answered. */
class ApiDocumentationTest {
  private static final Path ROOT = Path.of("..");

  /** A command in a block that is set in by four blanks, over lines that are set in further. */
  private static final Pattern COMMAND = Pattern.compile("(?m)^    curl .*(\\n      .*)*");

  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
  private static final String HOST = "localhost:8080";

  @TempDir private static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = DemoServer.of(DemoServer.made(folder.resolve("demo")));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static List<String> commands() throws IOException {
    Matcher matcher = COMMAND.matcher(Files.readString(ROOT.resolve("docs/api.md")));
    List<String> commands = new ArrayList<>();
    while (matcher.find()) {
      commands.add(matcher.group().replace("\\\n", " "));
    }
    return commands;
  }

  /** The request that curl would send. */
  private static HttpRequest request(String command, String run) throws IOException {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(command.strip());
    while (word.find()) {
      words.add(word.group(1) == null ? word.group(2).replace("$RUN", run) : word.group(1));
    }
    String url = "";
    String method = "GET";
    String body = "";
    List<String> headers = new ArrayList<>();
    for (int i = 1; i < words.size(); i++) {
      switch (words.get(i)) {
        case "-X" -> method = words.get(++i);
        case "-H" -> headers.addAll(List.of(words.get(++i).split(": ", 2)));
        case "-d" -> body = words.get(++i);
        case "--data-binary" -> body = Files.readString(ROOT.resolve(words.get(++i).substring(1)));
        case "-N" -> {
          // Of the output alone.
        }
        default -> url = words.get(i);
      }
    }
    assertThat(url).as(command).startsWith(HOST);
    HttpRequest.Builder request =
        server
            .request(url.substring(HOST.length()))
            .method(
                body.isEmpty() ? method : "POST",
                body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!headers.isEmpty()) {
      request.headers(headers.toArray(String[]::new));
    }
    return request.build();
  }

  @Test
  void everyExampleIsAnsweredAndEveryPathHasOne() throws IOException {
    String run = "";
    Set<String> asked = new TreeSet<>();
    for (String command : commands()) {
      HttpRequest request = request(command, run);
      HttpResponse<String> answer = server.send(request);
      assertThat(answer.statusCode()).as(command + "\n" + answer.body()).isBetween(200, 204);
      asked.add(request.uri().getPath());
      run =
          answer
              .headers()
              .firstValue("Location")
              .filter(location -> location.startsWith("/v1/studies/"))
              .map(location -> location.substring("/v1/studies/".length()))
              .orElse(run);
    }
    new ObjectMapper()
        .readTree(server.get("/openapi.json").body()).at("/paths").propertyNames().stream()
            // The earlier version of the EcoLogits API is told in words, what others send in
            // docs/server.md.
            .filter(path ->
                !path.matches(
                    "/v1/(providers|estimations|models/.*|electricity-mix.*|litellm|langfuse)"))
            .forEach(path -> {
              String pattern = path.replaceAll("\\{\\w+}", "[^/]+");
              assertThat(asked).as(path).anyMatch(each -> each.matches(pattern));
            });
  }
}
