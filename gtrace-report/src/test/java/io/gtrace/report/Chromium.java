package io.gtrace.report;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A Chromium that is installed on the machine; tests that ask for one are skipped without. */
record Chromium(Playwright playwright, Browser browser) implements AutoCloseable {
  static Chromium installed() {
    Optional<Path> installed = onPath();
    assumeTrue(installed.isPresent(), "no Chromium on the path");
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Browser browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(installed.get())
                    .setArgs(List.of("--no-sandbox")));
    return new Chromium(playwright, browser);
  }

  private static Optional<Path> onPath() {
    String[] folders = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1);
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(name -> Stream.of(folders).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Texts that do not stand out from the background they stand on as WCAG 2.2, success criterion
   * 1.4.3, asks.
   */
  static List<?> faintTexts(Page page) {
    return (List<?>)
        page.evaluate(
            """
            () => {
              const parts = colour => colour.match(/[\\d.]+/g).map(Number);
              const luminance = colour => {
                const [r, g, b] = parts(colour).map(c => c / 255)
                  .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
              };
              const background = element => {
                for (let e = element; e; e = e.parentElement) {
                  const colour = getComputedStyle(e).backgroundColor;
                  if (parts(colour)[3] !== 0) return colour;
                }
                return "rgb(255, 255, 255)";
              };
              const contrast = element => {
                const [a, b] = [getComputedStyle(element).color, background(element)].map(luminance);
                return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
              };
              return [...document.querySelectorAll("body *:not(script):not(svg *)")]
                .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
                .filter(e => contrast(e) < 4.5)
                .map(e => `${e.className} ${e.textContent}`);
            }
            """);
  }

  @Override
  public void close() {
    playwright.close();
  }
}
