package io.gtrace.documentation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * What search looks through: the sections of all pages, as a script, since pages that are opened
 * from a disk may load scripts and no data.
 */
final class SearchIndex {
  private static final JsonMapper JSON = JsonMapper.shared();

  private SearchIndex() {}

  static String script(List<SitePage> pages) {
    List<Map<String, Object>> documents = new ArrayList<>();
    for (SitePage page : pages) {
      for (Section section : page.sections()) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", documents.size());
        document.put("page", page.title());
        document.put("heading", section.anchor().isEmpty() ? "" : section.heading());
        document.put(
            "url", section.anchor().isEmpty() ? page.path() : page.path() + "#" + section.anchor());
        document.put("text", section.text());
        documents.add(document);
      }
    }
    return "window.gtraceSearch = " + JSON.writeValueAsString(documents) + ";\n";
  }
}
